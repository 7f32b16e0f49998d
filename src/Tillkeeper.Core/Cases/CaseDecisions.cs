using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Cases;

/// <summary>Something asked of a case. Rights by role and subtree are the caller's.</summary>
public interface ICaseCommand;

/// <param name="Ways">The ways out of the lock, as far as they are known.</param>
public sealed record OpenCase(CaseOpened Opening, EnumSet<WayOut> Ways) : ICaseCommand;

public sealed record AttachDocument(DocumentAttached Document) : ICaseCommand;

public sealed record DecideCase(CaseOutcome Outcome, string Person, string Reason) : ICaseCommand;

/// <summary>Support wants the code for a challenge that has been verified.</summary>
public sealed record IssueCode(Challenge Challenge, string Person) : ICaseCommand;

/// <summary>The terminal reported one of its events.</summary>
public sealed record Observe(object Reported) : ICaseCommand;

/// <summary>Decisions about one case: pure, one entry.</summary>
public static class CaseDecisions
{
    public static Decision<ICaseEvent> Decide(
        CaseState state,
        ICaseCommand command,
        DateTimeOffset now
    ) =>
        command switch
        {
            OpenCase c => Open(c),
            _ when !state.Exists => Refusal.NotFound("case"),
            AttachDocument c => Attach(state, c.Document),
            DecideCase c => Decide(state, c, now),
            IssueCode c => Issue(state, c, now),
            Observe c => Observe(state, c.Reported),
            _ => throw new InvalidOperationException(
                $"No decision is known for {command.GetType().Name}."
            ),
        };

    /// <summary>What an approved case lets its one-time code do.</summary>
    public static CodeEffect EffectOf(CaseState state) =>
        state.WayOut == WayOut.PasswordReset ? CodeEffect.PasscodeReset : CodeEffect.Release;

    private static Decision<ICaseEvent> Open(OpenCase command) =>
        command.Ways.Contains(command.Opening.WayOut)
            ? command.Opening
            : Refusal.Conflict(
                "way_out_not_available",
                $"This lock cannot be ended by {Words.Of(command.Opening.WayOut)}; it can by: {command.Ways}."
            );

    private static Decision<ICaseEvent> Attach(CaseState state, DocumentAttached document)
    {
        if (state.Status is CaseStatus.Refused or CaseStatus.Closed)
        {
            return Refusal.Conflict("case_closed", "The case is settled; open a new one.");
        }
        return document;
    }

    private static Decision<ICaseEvent> Decide(
        CaseState state,
        DecideCase command,
        DateTimeOffset now
    )
    {
        if (state.Contributors.Contains(command.Person))
        {
            return Refusal.Forbidden(
                "You opened this case or attached to it; another person must decide it.",
                "own_case"
            );
        }
        if (state.Status != CaseStatus.Open)
        {
            return Refusal.Conflict("already_decided", "The case has been decided.");
        }
        List<ICaseEvent> events =
        [
            new CaseDecided(command.Outcome, command.Person, command.Reason, state.Missing, now),
        ];
        if (command.Outcome == CaseOutcome.Refuse)
        {
            events.Add(new CaseClosed("refused"));
        }
        return events;
    }

    private static Decision<ICaseEvent> Issue(
        CaseState state,
        IssueCode command,
        DateTimeOffset now
    )
    {
        if (state.Status != CaseStatus.Approved)
        {
            return Refusal.Conflict(
                "not_approved",
                "A code needs an approved case that is not settled yet."
            );
        }
        if (!LockTable.Of(state.Cause).WaysOut.Contains(WayOut.OfflineCode))
        {
            return Refusal.Conflict(
                "way_out_not_available",
                $"No code can end a lock of this cause; {LockTable.Of(state.Cause).WaysOut} can."
            );
        }
        if (command.Challenge.Lock != state.LockId || command.Challenge.Terminal != state.Terminal)
        {
            return Refusal.Conflict(
                "other_lock",
                "This challenge belongs to another lock than the case."
            );
        }
        if (state.CodesFor.Contains(command.Challenge.Nonce))
        {
            return Refusal.Conflict(
                "code_already_issued",
                "The code for this challenge was shown once; ask the shop for a new challenge."
            );
        }
        return state.CodesFor.Count >= CaseState.MostCodes
            ? Refusal.Conflict("codes_used_up", "This case has had all its codes; open a new one.")
            : new CodeIssued(
                command.Challenge.Nonce,
                now + Policies.Policy.Default.OfflineCode.ValidFor,
                command.Person
            );
    }

    /// <summary>A password case ends with the first sign-in after the reset; any other with the end of its lock.</summary>
    private static Decision<ICaseEvent> Observe(CaseState state, object reported)
    {
        if (state.Status is not (CaseStatus.Open or CaseStatus.Approved))
        {
            return new([]);
        }
        return reported switch
        {
            LockEnded e when e.LockId == state.LockId => Ended(state),
            PasscodeSet { Origin: PasscodeOrigin.Reset } e when e.LockId == state.LockId =>
                new CaseProgressed(CaseStep.PasscodeSet),
            OperatorSignedIn e when e.ResetLockId == state.LockId => new CaseClosed("signed_in"),
            _ => new([]),
        };
    }

    private static Decision<ICaseEvent> Ended(CaseState state)
    {
        List<ICaseEvent> events = [new CaseProgressed(CaseStep.Released)];
        if (state.WayOut != WayOut.PasswordReset)
        {
            events.Add(new CaseClosed("released"));
        }
        return events;
    }
}
