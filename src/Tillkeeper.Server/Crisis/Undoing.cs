using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Crisis;

/// <summary>
/// Carries out what two people decided: releases exactly the locks of a crisis by signed orders, some at a time. Which have had their turn
/// is on record, so that a crash in between neither leaves one out nor releases one twice.
/// </summary>
internal sealed class Undoing : ITimerHandler
{
    /// <summary>Terminals decided in one go, so that everybody else's commands pass in between.</summary>
    internal const int AtOnce = 64;

    /// <summary>The provider's decisions, the plainest first.</summary>
    private static readonly WayOut[] Ways =
    [
        WayOut.ProviderRelease,
        WayOut.NetworkCheck,
        WayOut.MoveApproved,
        WayOut.MaintenanceDone,
        WayOut.Repair,
    ];

    public string Kind => CrisisStreams.UndoTimer;

    public void Fire(Work work, string key)
    {
        var crisis = work.Load(CrisisStreams.Kind, key);
        var next = CrisisLocks.Next(work.Views, crisis, AtOnce);
        if (next.Count == 0)
        {
            work.Append(CrisisStreams.Kind, key, key, [new UndoFinished()]);
            Alerts.Clear(work, Crises.AlertKey(key));
            return;
        }
        var steps = next.Select(l => new UndoStep(l.Terminal, l.LockId, Release(work, crisis, l)))
            .ToArray();
        work.Append(
            CrisisStreams.Kind,
            key,
            key,
            [new UndoAdvanced(steps, work.Now.AddMilliseconds(1))]
        );
    }

    private static UndoOutcome Release(Work work, CrisisState crisis, CrisisLock wanted)
    {
        var id = wanted.LockId;
        if (!work.Load(TerminalStreams.Kind, wanted.Terminal).Locks.TryGetValue(id, out var found))
        {
            return UndoOutcome.Gone;
        }
        // What a terminal reports as the lock of a rule may be the name of another one of its locks.
        if (
            crisis.Rule is null
                ? found.BatchId != crisis.Batch
                : found.Lock.Evidence.Rule != crisis.Rule
        )
        {
            return UndoOutcome.Foreign;
        }
        if (found.Lock.Status == LockStatus.Releasing)
        {
            return UndoOutcome.Gone;
        }
        if (WayOutOf(found.Lock) is not { } way)
        {
            return UndoOutcome.Impossible;
        }
        // Where a release takes two people, the two who decided this are they.
        var people = crisis.UndoneBy.Skip(
            crisis.UndoneBy.Count - LockTable.Of(found.Lock.Cause).People
        );
        foreach (var person in people)
        {
            var decided = work.Decide(
                TerminalStreams.Kind,
                wanted.Terminal,
                wanted.Terminal,
                s =>
                    TerminalDecisions.Decide(
                        s,
                        new OrderRelease(
                            id,
                            way,
                            person,
                            $"crisis {crisis.Id}: {crisis.UndoReason}"
                        ),
                        work.Now
                    )
            );
            if (decided.Accepted)
            {
                return UndoOutcome.Ordered;
            }
        }
        return UndoOutcome.Impossible;
    }

    private static WayOut? WayOutOf(Lock standing) =>
        Ways.Where(way =>
                standing.WaysOut.Contains(way) && LockTable.CanRelease(standing.Cause, way)
            )
            .Select(way => (WayOut?)way)
            .FirstOrDefault();
}
