using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>
/// Carries out a batch, a chunk of terminals in each command: everybody else's commands pass in between, and after a crash the next chunk
/// begins where the log says.
/// </summary>
internal sealed class BatchOrders
{
    internal const int AtOnce = 64;

    /// <summary>The next step of a batch. True when another one is to follow.</summary>
    public bool Next(Work work, string id)
    {
        var batch = work.Load(LockBatchStreams.Kind, id);
        switch (batch.Status)
        {
            case LockBatchStatus.Running:
                return LockNext(work, id, batch);
            case LockBatchStatus.Releasing:
                return ReleaseNext(work, id, batch);
            default:
                return false;
        }
    }

    /// <summary>A time has come: a scheduled batch begins if it still may, one that nobody agreed to lapses.</summary>
    public void WhenDue(Work work, string id)
    {
        var batch = work.Load(LockBatchStreams.Kind, id);
        switch (batch)
        {
            case { Status: LockBatchStatus.AwaitingApproval }:
                Alerts.Clear(work, LockBatches.KeyOf(id));
                LockBatches.Append(work, id, new LockBatchDropped("lapsed"));
                break;
            case { Status: LockBatchStatus.Scheduled, Asked: { } late } when !StillMay(work, late):
                Drop(work, id, batch, "no_right");
                break;
            case { Status: LockBatchStatus.Scheduled, Asked: { } asked }
                when asked.Selector.Count(work.Views, asked.Within) == 0:
                Drop(work, id, batch, "nothing_matches");
                break;
            case { Status: LockBatchStatus.Scheduled }:
                LockBatches.Append(work, id, new LockBatchStarted());
                break;
        }
        Next(work, id);
    }

    /// <summary>Is whoever asked still somebody who may, and do they still see that part of the tree?</summary>
    public static bool StillMay(Work work, LockBatchRequested asked) =>
        Everybody.Find(work.Views, asked.Person) is { } person
        && Rights.May(person.Role, Right.OrderLocks)
        && person.Sees(asked.Within);

    private static void Drop(Work work, string id, LockBatchState batch, string why)
    {
        LockBatches.Append(work, id, new LockBatchDropped(why));
        LockBatches.Refund(work, batch);
        Alerts.Raise(
            work,
            new NewAlert(
                "scheduled_lock_dropped",
                $"scheduled_lock_dropped/{id}",
                Severity.Medium,
                batch.Asked!.Place,
                Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["batch"] = id,
                    ["why"] = why,
                }
            )
        );
    }

    private static bool LockNext(Work work, string id, LockBatchState batch)
    {
        var asked = batch.Asked!;
        // Never more than were counted: what came to fit the selector since is nobody's decision.
        var most = Math.Min(AtOnce, asked.Terminals - batch.Ordered - batch.Refused);
        var chunk =
            most > 0 ? asked.Selector.Next(work.Views, asked.Within, batch.Cursor, most) : [];
        List<string> refused = [];
        foreach (var terminal in chunk)
        {
            if (!Lock(work, terminal, id, batch))
            {
                refused.Add(terminal);
            }
        }
        var done = chunk.Count < AtOnce;
        LockBatches.Append(
            work,
            id,
            new LockBatchOrdered(
                chunk is [.., var last] ? last : batch.Cursor,
                chunk.Count - refused.Count,
                refused,
                done
            )
        );
        return !done;
    }

    private static bool Lock(Work work, string terminal, string batchId, LockBatchState batch)
    {
        var wanted = batch.Asked!.Lock;
        var order = new OrderLock(
            Ids.New(),
            wanted.Cause,
            wanted.Scope,
            wanted.Reason,
            wanted.Message,
            wanted.ExpectedEnd,
            batchId,
            People: batch.People
        );
        return work.Decide(
            TerminalStreams.Kind,
            terminal,
            terminal,
            s => TerminalDecisions.Decide(s, order, work.Now)
        ).Accepted;
    }

    private static bool ReleaseNext(Work work, string id, LockBatchState batch)
    {
        var chunk = work.Views.Query(
            "SELECT terminal, lock_id FROM batch_locks WHERE batch = $1 AND terminal > $2 ORDER BY terminal LIMIT $3",
            row => (Terminal: row.GetString(0), Lock: row.GetString(1)),
            id,
            batch.Cursor,
            AtOnce
        );
        var released = chunk.Count(row => Release(work, row.Terminal, row.Lock, batch));
        var done = chunk.Count < AtOnce;
        LockBatches.Append(
            work,
            id,
            new LockBatchReleased(
                chunk is [.., var last] ? last.Terminal : batch.Cursor,
                released,
                chunk.Count - released,
                done
            )
        );
        return !done;
    }

    /// <summary>Asked for by both, so that a lock that takes two people has them.</summary>
    private static bool Release(Work work, string terminal, string lockId, LockBatchState batch)
    {
        var released = false;
        foreach (var person in (string[])[batch.ReleaseAskedBy!, batch.ReleasedBy!])
        {
            var order = new OrderRelease(
                lockId,
                WayOut.ProviderRelease,
                person,
                batch.ReleaseReason!
            );
            released |= work.Decide(
                TerminalStreams.Kind,
                terminal,
                terminal,
                s => TerminalDecisions.Decide(s, order, work.Now)
            ).Accepted;
        }
        return released;
    }
}
