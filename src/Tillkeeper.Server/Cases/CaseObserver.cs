using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// Lets the unsettled cases of a terminal see what the terminal reports, in the same command that records the report. Only
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
        foreach (var id in unsettled)
        {
            foreach (var reported in deviceEvents)
            {
                work.Decide(
                    CaseStreams.Kind,
                    id,
                    terminalId,
                    s => CaseDecisions.Decide(s, new Observe(reported), work.Now)
                );
            }
        }
    }
}
