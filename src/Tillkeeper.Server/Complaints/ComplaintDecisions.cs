using Tillkeeper.Core;

namespace Tillkeeper.Server.Complaints;

/// <summary>What may become of a complaint: pure, times as parameters.</summary>
internal static class ComplaintDecisions
{
    /// <summary>How long each level has. The office outside has seven working days (12315: Measures for Handling Complaints, art. 14).</summary>
    public static TimeSpan? TimeFor(ComplaintLevel level) =>
        level switch
        {
            ComplaintLevel.Reviewer => TimeSpan.FromDays(3),
            ComplaintLevel.Management => TimeSpan.FromDays(7),
            ComplaintLevel.Hotline => TimeSpan.FromDays(11),
            _ => null,
        };

    /// <summary>Its time is over: one level up. After the hotline comes market regulation, and there the clock ends.</summary>
    public static Decision<IComplaintEvent> LetPass(ComplaintState state, DateTimeOffset now)
    {
        if (
            !state.Exists
            || state.Review is not null
            || state.Level >= ComplaintLevel.MarketRegulation
        )
        {
            return new([]);
        }
        var next = state.Level + 1;
        return new ComplaintEscalated(next, now, now + TimeFor(next));
    }

    /// <summary>A person takes it further: to the management at any time, outside once the provider has answered or was too slow.</summary>
    public static Decision<IComplaintEvent> Escalate(
        ComplaintState state,
        ComplaintLevel to,
        string person,
        DateTimeOffset now
    )
    {
        if (to <= state.Level)
        {
            return Refusal.Conflict("level_reached", "It is there already, or further up.");
        }
        var outside = to >= ComplaintLevel.Hotline;
        if (!outside && state.Review is not null)
        {
            return Refusal.Conflict("settled", "The provider has answered; go outside with it.");
        }
        var mayLeave =
            state.Review is not null
            || state.Level >= ComplaintLevel.Hotline
            || state.Opened!.Kind == ComplaintKind.Violation;
        return outside && !mayLeave
            ? Refusal.Conflict(
                "too_early",
                "The provider's time for an answer is not over; it can go to the management now."
            )
            : new ComplaintEscalated(to, now, now + TimeFor(to), person);
    }

    /// <summary>May this person review it? Only somebody who had no part in what it is about.</summary>
    public static Refusal? MayReview(ComplaintState state, string person)
    {
        if (state.Review is not null)
        {
            return Refusal.Conflict("already_reviewed", "The complaint has been answered.");
        }
        return
            state.Opened!.Involved.Contains(person, StringComparer.Ordinal)
            || state.Opened.Person == person
            ? Refusal.Forbidden(
                "You had a part in what this complaint is about, or made it; another person must review it.",
                "own_decision"
            )
            : null;
    }
}
