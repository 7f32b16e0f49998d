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

/// <summary>Somebody who may decide the case wants to see one of its documents.</summary>
public sealed record ReadDocument(DocumentRead Reading) : ICaseCommand;

/// <param name="Contact">The id of the data of the merchant's contact as it is now.</param>
/// <param name="ByTwo">Whether two people must approve because of what has changed lately or was seen before.</param>
public sealed record DecideCase(
    CaseOutcome Outcome,
    string Person,
    string Reason,
    string? Contact = null,
    bool ByTwo = false
) : ICaseCommand;

/// <summary>Support wants the code for a challenge.</summary>
/// <param name="Challenge">Verified with the terminal's code key; null when what was typed is not genuine.</param>
public sealed record IssueCode(Challenge? Challenge, string Person) : ICaseCommand;

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
            ReadDocument c => c.Reading,
            DecideCase c => Decide(state, c, now),
            IssueCode c => Issue(state, c, now),
            Observe c => Observe(state, c.Reported),
            _ => IdentityDecisions.Decide(state, command, now)
                ?? CaseLifeDecisions.Decide(state, command, now)
                ?? throw new InvalidOperationException(
                    $"No decision is known for {command.GetType().Name}."
                ),
        };

    /// <summary>What an approved case lets its one-time code do.</summary>
    public static CodeEffect EffectOf(CaseState state) =>
        state.WayOut == WayOut.PasswordReset ? CodeEffect.PasscodeReset : CodeEffect.Release;

    private static Decision<ICaseEvent> Open(OpenCase command) =>
        command.Ways.Contains(command.Opening.WayOut)
            ? command.Opening
            : NotAvailable(command.Opening.WayOut, command.Ways);

    internal static Refusal NotAvailable(WayOut wanted, EnumSet<WayOut> ways) =>
        Refusal.Conflict(
            "way_out_not_available",
            $"This lock cannot be ended by {Words.Of(wanted)}; it can by: {ways}."
        );

    private static Decision<ICaseEvent> Attach(CaseState state, DocumentAttached document)
    {
        if (!state.IsUnsettled)
        {
            return Refusal.Conflict("case_closed", "The case is settled; open a new one.");
        }
        return state.Attached >= CaseState.MostDocuments
            ? Refusal.Conflict(
                "documents_used_up",
                $"A case holds at most {CaseState.MostDocuments} documents; open a new one."
            )
            : document;
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
        if (
            command.Outcome == CaseOutcome.Approve
            && IdentityDecisions.Unproved(state, command.Contact) is { } unproved
        )
        {
            return unproved;
        }
        if (
            command is { Outcome: CaseOutcome.Approve, ByTwo: true }
            && (state.FirstApproval ?? command.Person) == command.Person
        )
        {
            return Second(state, command);
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

    private static Decision<ICaseEvent> Second(CaseState state, DecideCase command)
    {
        var needed = Refusal.Conflict(
            "second_person_required",
            "The shop's contact has changed lately, or a document was seen before: your approval is recorded, a second person must approve too."
        );
        return state.FirstApproval is null
            ? new Decision<ICaseEvent>(
                [new CaseApprovalRequested(command.Person, command.Reason)],
                needed
            )
            : needed;
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
        if (state.WayOut is not (WayOut.PasswordReset or WayOut.OfflineCode))
        {
            // What was approved is another way out; a code for it would release what was not granted.
            return Refusal.Conflict(
                "way_out_not_available",
                $"This case was approved for {Words.Of(state.WayOut)}, not for a code."
            );
        }
        if (LockTable.Of(state.Cause).People > 1 && state.Decision?.Person == command.Person)
        {
            return Refusal.Conflict(
                "second_person_required",
                "Two people release this lock: somebody else than who approved the case must read out the code."
            );
        }
        if (command.Challenge is not { } challenge)
        {
            return Refusal.Invalid(
                "challenge",
                "This is not a challenge of the case's terminal; have all 32 characters read out again."
            );
        }
        if (challenge.Lock != state.LockId || challenge.Terminal != state.Terminal)
        {
            return Refusal.Conflict(
                "other_lock",
                "This challenge belongs to another lock than the case."
            );
        }
        if (state.CodesFor.Contains(challenge.Nonce))
        {
            return Refusal.Conflict(
                "code_already_issued",
                "The code for this challenge was shown once; ask the shop for a new challenge."
            );
        }
        return state.CodesFor.Count >= CaseState.MostCodes
            ? Refusal.Conflict("codes_used_up", "This case has had all its codes; open a new one.")
            : new CodeIssued(
                challenge.Nonce,
                now + Policies.Policy.Default.OfflineCode.ValidFor,
                command.Person
            );
    }

    /// <summary>
    /// A password case ends with the first sign-in after the reset; any other with the end of its lock. Before the approval there is
    /// no reset that a terminal could speak of, while the lock may end by itself.
    /// </summary>
    private static Decision<ICaseEvent> Observe(CaseState state, object reported)
    {
        if (!state.IsUnsettled)
        {
            return new([]);
        }
        var isApproved = state.Status == CaseStatus.Approved;
        return reported switch
        {
            LockEnded e when e.LockId == state.LockId && !state.Released => Ended(state),
            LockEnded e when state.Further.Exists(l => l.LockId == e.LockId && !l.Ended) =>
                FurtherEnded(state, e.LockId),
            PasscodeSet { Origin: PasscodeOrigin.Reset } e
                when isApproved && e.LockId == state.LockId && !state.PasscodeSet =>
                new CaseProgressed(CaseStep.PasscodeSet),
            OperatorSignedIn e when isApproved && e.ResetLockId == state.LockId => SignedIn(state),
            _ => new([]),
        };
    }

    private static Decision<ICaseEvent> Ended(CaseState state)
    {
        List<ICaseEvent> events = [new CaseProgressed(CaseStep.Released)];
        if (state.WayOut != WayOut.PasswordReset && state.Further.TrueForAll(l => l.Ended))
        {
            events.Add(new CaseClosed("released"));
        }
        return events;
    }

    /// <summary>With a reset the first sign-in is the last step; further locks that stand then have to end first.</summary>
    private static Decision<ICaseEvent> SignedIn(CaseState state)
    {
        if (state.Further.TrueForAll(l => l.Ended))
        {
            return new CaseClosed("signed_in");
        }
        return state.SignedIn
            ? new Decision<ICaseEvent>([])
            : new CaseProgressed(CaseStep.SignedIn);
    }

    private static Decision<ICaseEvent> FurtherEnded(CaseState state, string lockId)
    {
        List<ICaseEvent> events = [new CoveredLockEnded(lockId)];
        if (state.Further.TrueForAll(l => l.Ended || l.LockId == lockId))
        {
            if (state.SignedIn)
            {
                events.Add(new CaseClosed("signed_in"));
            }
            else if (state.WayOut != WayOut.PasswordReset && state.Released)
            {
                events.Add(new CaseClosed("released"));
            }
        }
        return events;
    }
}
