using Tillkeeper.Core;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals;

/// <summary>Commands to a terminal whose content is somebody's own words.</summary>
internal static class TerminalCommands
{
    /// <summary>Decides on a terminal and appends what was decided; the refusal, if there is one.</summary>
    public static Refusal? DecideAbout(this Work work, string id, ITerminalCommand command) =>
        work.Decide(
            TerminalStreams.Kind,
            id,
            id,
            s => TerminalDecisions.Decide(s, command, work.Now)
        ).Refusal;

    /// <summary>
    /// Decides on a terminal and appends what was decided. What the state forbids is told before <paramref name="content"/>, and what is
    /// wrong with the content leaves nothing behind (contract: 409 comes before 422).
    /// </summary>
    public static Refusal? DecideOn(
        this Work work,
        string id,
        ITerminalCommand command,
        Func<Refusal?> content
    )
    {
        var decision = TerminalDecisions.Decide(
            work.Load(TerminalStreams.Kind, id),
            command,
            work.Now
        );
        if (decision.Events.IsEmpty && decision.Refusal is { } impossible)
        {
            return impossible;
        }
        if (content() is { } wrong)
        {
            return wrong;
        }
        work.Append(TerminalStreams.Kind, id, id, decision.Events);
        return decision.Refusal;
    }
}
