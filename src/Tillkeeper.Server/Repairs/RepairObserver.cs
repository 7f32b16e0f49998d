using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Repairs;

/// <summary>
/// Lets the repair of a terminal see its self-test, in the same command, after the report itself: what proves a repair comes from the
/// enrolled terminal and from nobody's keyboard.
/// </summary>
internal static class RepairObserver
{
    public static void Observe(Work work, string terminal, IEnumerable<ITerminalEvent> reported)
    {
        var tests = reported
            .OfType<TerminalReported>()
            .Select(r => r.Said)
            .OfType<SelfTestRan>()
            .Select(ReportedText.Tidy)
            .ToList();
        if (tests.Count == 0)
        {
            return;
        }
        var returned = work.Views.Query(
            "SELECT id FROM repairs WHERE terminal = $1 AND status = 'finished'",
            r => r.GetString(0),
            terminal
        );
        foreach (var id in returned)
        {
            foreach (var test in tests)
            {
                work.Decide(
                    RepairStreams.Kind,
                    id,
                    terminal,
                    s => RepairDecisions.Decide(s, new ObserveSelfTest(test), work.Now)
                );
            }
        }
    }
}
