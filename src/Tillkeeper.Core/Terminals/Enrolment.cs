using Tillkeeper.Core.Terminals.Tampering;

namespace Tillkeeper.Core.Terminals;

/// <summary>How a terminal gets its identity, and gets it again under a new epoch.</summary>
public static class Enrolment
{
    /// <summary>Is this the same terminal asking again with the code and key it enrolled with? Then the same answer is due.</summary>
    public static bool IsRepeat(TerminalState state, string codeHash, string keyHash) =>
        state.CodeUsed
        && state.IsEnrolled
        && state.CodeHash == codeHash
        && state.KeyHash == keyHash;

    internal static Decision<ITerminalEvent> Enrol(
        TerminalState state,
        EnrolTerminal command,
        DateTimeOffset now
    )
    {
        if (
            state.CodeHash != command.CodeHash
            || state.CodeUsed
            || state.CodeExpiresAt is not { } end
            || now > end
        )
        {
            return new Refusal(
                RefusalKind.Gone,
                "enrolment_code_gone",
                "The enrolment code is used, expired or replaced; ask the provider for a new one."
            );
        }
        if (TamperDecisions.MayEnrol(state) is { } tampered)
        {
            return tampered;
        }
        List<ITerminalEvent> events = [];
        var folded = events.Add(
            state,
            new TerminalEnrolled(state.Epoch + 1, command.KeyHash, command.CertificateSerial)
        );
        // What stood before still stands: locks of the old epoch are put up again, the old terminal's own included.
        foreach (var tracked in folded.Locks.Values.ToArray())
        {
            folded = events.Add(folded, TerminalDecisions.ToOrder(folded, tracked.Lock, now));
        }
        return events;
    }
}
