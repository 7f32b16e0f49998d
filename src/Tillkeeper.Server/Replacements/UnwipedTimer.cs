using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Terminals.Replacing;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Replacements;

/// <summary>A replaced terminal that never came to hear that it must wipe: after a while its certificate goes all the same.</summary>
internal sealed class UnwipedTimer : ITimerHandler
{
    public const string Name = "replaced_unwiped";

    /// <summary>How long a replaced terminal may still connect, for nothing but to report what it has and to take the order to wipe.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    public string Kind => Name;

    public void Fire(Work work, string key)
    {
        if (work.DecideAbout(key, new RevokeTerminal(ReplacementDecisions.Reason)) is { } refused)
        {
            throw new InvalidOperationException($"A replaced terminal stays: {refused.Code}.");
        }
    }

    /// <summary>Set by the replacement, cancelled by whatever ends the old identity.</summary>
    public static void Project(Views views, Projection<TerminalState, ITerminalEvent> p)
    {
        switch (p.Happened)
        {
            case TerminalReplaced when !p.After.Revoked && p.After.Epoch > 0:
                Timers.Set(views, Name, p.Id, p.At + Patience);
                break;
            case TerminalRevoked or TerminalEnrolled:
                Timers.Cancel(views, Name, p.Id);
                break;
        }
    }
}
