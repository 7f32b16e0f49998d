using Tillkeeper.Core;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>The lock that a case is about, named by its id or proven by the terminal's challenge.</summary>
/// <param name="Ways">The lock's own ways out; those of its cause when the server has never heard of it.</param>
/// <param name="ByChallenge">True when nothing but the challenge says that the lock stands.</param>
internal sealed record CaseTarget(
    string Terminal,
    string LockId,
    Cause Cause,
    EnumSet<WayOut> Ways,
    bool ByChallenge
)
{
    private const string Misread =
        "This is not a challenge of this terminal; have all 32 characters read out again.";

    public static (CaseTarget? Target, Refusal? Refusal) Find(
        Work work,
        string? terminalId,
        string? lockId,
        string? challenge,
        Person person,
        CodeKeys codeKeys
    )
    {
        var named = terminalId ?? Challenge.TerminalOf(challenge);
        if (named is null)
        {
            return (
                null,
                challenge is null
                    ? Refusal.Invalid("terminalId", "Name the terminal, or give its challenge.")
                    : Refusal.Invalid("challenge", Misread)
            );
        }
        if (TerminalAccess.Find(work, named, person) is not { } terminal)
        {
            return (null, Refusal.NotFound("terminal"));
        }
        if (lockId is not null)
        {
            if (!terminal.Locks.TryGetValue(lockId, out var known))
            {
                return (null, Refusal.NotFound("lock"));
            }
            return challenge is null
                ? (Known(named, known), null)
                : (null, Refusal.Invalid("challenge", "Give lockId or challenge, not both."));
        }
        if (challenge is null)
        {
            return (null, Refusal.Invalid("lockId", "Name the lock, or give its challenge."));
        }
        if (
            Challenge.Open(challenge, codeKeys.For(named, terminal.Epoch)) is not { } genuine
            || genuine.Terminal != named
        )
        {
            return (null, Refusal.Invalid("challenge", Misread));
        }
        return terminal.Locks.TryGetValue(genuine.Lock, out var mirrored)
            ? (Known(named, mirrored), null)
            : (
                new CaseTarget(
                    named,
                    genuine.Lock,
                    genuine.Cause,
                    LockTable.Of(genuine.Cause).WaysOut,
                    true
                ),
                null
            );
    }

    private static CaseTarget Known(string terminal, TrackedLock tracked) =>
        new(terminal, tracked.Lock.Id, tracked.Lock.Cause, tracked.Lock.WaysOut, false);
}
