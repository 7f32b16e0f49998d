using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Device;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// Lets the unsettled cases of a terminal see what the terminal reports, in the same command, after the report itself. Only
/// <c>LockEnded</c>, <c>PasscodeSet</c> and <c>OperatorSignedIn</c> move a case; without a case it costs one look at an index.
/// </summary>
internal static class CaseObserver
{
    /// <param name="deviceEvents">The terminal's own events as Core knows them, in their order.</param>
    public static void Observe(Work work, string terminalId, IReadOnlyList<object> deviceEvents)
    {
        var unsettled = work.Views.Query(
            "SELECT id FROM cases WHERE terminal = $1 AND status IN ('open', 'approved')",
            r => r.GetString(0),
            terminalId
        );
        if (unsettled.Count == 0)
        {
            return;
        }
        var standing = work.Load(TerminalStreams.Kind, terminalId).Locks;
        foreach (var id in unsettled)
        {
            foreach (var reported in deviceEvents)
            {
                if (reported is LockEnded ended && standing.ContainsKey(ended.LockId))
                {
                    // The server does not believe it (a tampered terminal, a foreign way out); neither does the case.
                    continue;
                }
                work.Decide(
                    CaseStreams.Kind,
                    id,
                    terminalId,
                    s => CaseDecisions.Decide(s, new Observe(reported), work.Now)
                );
            }
            CaseReminder.Settled(work, id);
        }
    }
}
