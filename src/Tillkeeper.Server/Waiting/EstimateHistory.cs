using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Waiting;

/// <summary>What was said at a moment about when a lock ends.</summary>
/// <param name="ExpectedEnd">Null where no end was known.</param>
/// <param name="Progress">Per cent of the work behind it; null where none was told.</param>
/// <param name="By"><c>server</c> or <c>terminal</c>.</param>
/// <param name="Missed">True when the end that was said passed before another was.</param>
internal sealed record Estimate(
    DateTimeOffset At,
    DateTimeOffset? ExpectedEnd,
    int? Progress,
    string By,
    bool Missed
);

/// <summary>Every end that was told for a lock (W3, B6): a promise that was missed stays on record beside the one that took its place.</summary>
internal sealed class EstimateHistory(StreamHistory history)
{
    /// <summary>Events of the terminal that are looked through; a lock older than these has long been in the reports.</summary>
    private const int MostEvents = 20_000;

    private const string Server = "server";
    private const string Terminal = "terminal";

    /// <returns>Oldest first; null when the terminal's log knows no such lock.</returns>
    public IReadOnlyList<Estimate>? Of(string terminal, string lockId, DateTimeOffset now)
    {
        List<(DateTimeOffset At, DateTimeOffset? End, int? Progress, string By)> told = [];
        DateTimeOffset? over = null;
        foreach (var entry in history.Read(TerminalStreams.Kind, terminal, MostEvents))
        {
            switch (entry.Happened)
            {
                case LockOrdered e when e.Lock.Id == lockId:
                    told.Add((entry.At, e.Lock.ExpectedEnd, e.Lock.Progress, Server));
                    break;
                case ServerLockRevised e when e.LockId == lockId:
                    told.Add((entry.At, e.Revision.ExpectedEnd, e.Revision.Progress, Server));
                    break;
                case TerminalReported { Said: LockBegun e }
                    // An ordered lock that begins says again what the order said.
                    when e.Lock.Id == lockId && told.Count == 0:
                    told.Add((entry.At, e.Lock.ExpectedEnd, e.Lock.Progress, Terminal));
                    break;
                case TerminalReported { Said: LockRevised e } when e.LockId == lockId:
                    told.Add((entry.At, e.ExpectedEnd, e.Progress, Terminal));
                    break;
                case TerminalReported { Said: LockEnded e } when e.LockId == lockId:
                    over = entry.At;
                    break;
            }
        }
        return told.Count == 0
            ? null
            :
            [
                .. told.Select(
                    (t, i) =>
                        new Estimate(
                            t.At,
                            t.End,
                            t.Progress,
                            t.By,
                            t.End < (i + 1 < told.Count ? told[i + 1].At : over ?? now)
                        )
                ),
            ];
    }
}
