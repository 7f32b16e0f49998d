using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch;

/// <summary>Which of the things that happen to a terminal somebody must look at, whatever any rule makes of them.</summary>
internal static class TerminalAlerts
{
    /// <summary>Raises what these events call for, in the command that appended them.</summary>
    public static void Observe(Work work, string terminal, IReadOnlyList<ITerminalEvent> events)
    {
        string? place = null;
        foreach (var happened in events)
        {
            if (happened is TerminalReported { Said: HookRecovered recovered })
            {
                Alerts.Clear(work, HookKey(terminal, recovered.Hook));
            }
            if (Of(terminal, happened) is { } alert)
            {
                place ??=
                    (string?)
                        work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", terminal)
                    ?? "/";
                Alerts.Raise(work, alert with { Place = place });
            }
        }
    }

    /// <summary>The table.</summary>
    private static NewAlert? Of(string terminal, ITerminalEvent happened) =>
        happened switch
        {
            ForkFound e => New(
                "fork_found",
                Severity.Critical,
                terminal,
                ("seq", $"{e.Seq}"),
                ("got", e.Got)
            ),
            TerminalReported { Said: StateLost e } => New(
                "state_unknown",
                Severity.High,
                terminal,
                ("what", e.Problem)
            ),
            TerminalReported { Said: LockBegun { Lock.Cause: Cause.Tamper } } => New(
                "tamper_reported",
                Severity.Critical,
                terminal
            ),
            TerminalReported { Said: HookFailed e } => New(
                "hook_failed",
                Severity.High,
                terminal,
                ("hook", e.Hook),
                ("problem", e.Problem)
            ) with
            {
                Key = HookKey(terminal, e.Hook),
            },
            _ => null,
        };

    private static string HookKey(string terminal, string hook) => $"hook_failed/{terminal}/{hook}";

    private static NewAlert New(
        string kind,
        Severity severity,
        string terminal,
        params ReadOnlySpan<(string Name, string Value)> facts
    )
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal) { ["terminal"] = terminal };
        foreach (var (name, value) in facts)
        {
            all[name] = value;
        }
        return new NewAlert(kind, $"{kind}/{terminal}", severity, "", terminal, all);
    }
}
