namespace Tillkeeper.Core.Cases;

/// <summary>Shows the number on file to somebody who is going to call it.</summary>
/// <param name="Contact">The id of the contact's data as it is now.</param>
public sealed record StartCallBack(string Contact, string Person) : ICaseCommand;

public sealed record EndCallBack(int Number, CallBackOutcome Outcome, string Person) : ICaseCommand;

public sealed record CompareIdentity(IdentityCompared Comparison) : ICaseCommand;

/// <summary>Decisions about the proof of an identity (W1).</summary>
internal static class IdentityDecisions
{
    /// <summary>How long after the number was shown the call may be recorded.</summary>
    private static readonly TimeSpan CallWithin = TimeSpan.FromMinutes(30);

    public static Decision<ICaseEvent>? Decide(
        CaseState state,
        ICaseCommand command,
        DateTimeOffset now
    ) =>
        command switch
        {
            StartCallBack c => Open(state, c.Person)
                ?? (
                    state.CallBacks.Count >= CaseState.MostCallBacks
                        ? Refusal.Conflict(
                            "call_backs_used_up",
                            $"A case holds at most {CaseState.MostCallBacks} calls."
                        )
                        : new CallBackStarted(state.CallBacks.Count + 1, c.Contact, c.Person, now)
                ),
            EndCallBack c => End(state, c, now),
            CompareIdentity c => Open(state)
                ?? (
                    state.Comparisons >= CaseState.MostComparisons
                        ? Refusal.Conflict(
                            "comparisons_used_up",
                            $"A case holds at most {CaseState.MostComparisons} comparisons."
                        )
                        : c.Comparison
                ),
            _ => default(Decision<ICaseEvent>?),
        };

    /// <summary>Why a case cannot be approved as it stands, or null. What the caller alone supplies is never enough.</summary>
    /// <param name="contact">The id of the contact's data as it is now.</param>
    public static Refusal? Unproved(CaseState state, string? contact)
    {
        if (state.IsDenied)
        {
            return Refusal.Conflict(
                "denied_by_shop",
                "The number on file said that the shop does not ask for this; refuse the case."
            );
        }
        if (state.Identity is not { IndependentProof: true })
        {
            return null;
        }
        List<string> missing = [.. state.Missing];
        if (!state.IsConfirmedAt(contact))
        {
            missing.Add("call_back");
        }
        return missing.Count == 0
            ? null
            : Refusal.Conflict(
                "proof_missing",
                $"What the caller brings is not enough. Missing: {string.Join(", ", missing)}."
            );
    }

    private static Decision<ICaseEvent> End(
        CaseState state,
        EndCallBack command,
        DateTimeOffset now
    )
    {
        if (Open(state, command.Person) is { } refused)
        {
            return refused;
        }
        if (
            command.Number < 1
            || command.Number > state.CallBacks.Count
            || state.CallBacks[command.Number - 1] is not { } call
            || call.Person != command.Person
        )
        {
            return Refusal.NotFound("call-back");
        }
        if (call.Outcome is not null)
        {
            return Refusal.Conflict("call_back_ended", "How this call went is on the record.");
        }
        return now - call.At > CallWithin
            ? Refusal.Conflict("call_back_expired", "It is too long ago; call again.")
            : new CallBackEnded(command.Number, command.Outcome, command.Person);
    }

    /// <summary>Only while it is undecided; and whoever put something into a case proves nothing in it.</summary>
    private static Decision<ICaseEvent>? Open(CaseState state, string? person = null)
    {
        if (person is not null && state.Contributors.Contains(person))
        {
            return Refusal.Forbidden(
                "You opened this case or attached to it; another person must call.",
                "own_case"
            );
        }
        return state.Status == CaseStatus.Open
            ? default(Decision<ICaseEvent>?)
            : Refusal.Conflict("already_decided", "The case has been decided.");
    }
}
