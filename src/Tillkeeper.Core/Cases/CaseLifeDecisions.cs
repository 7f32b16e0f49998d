using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Cases;

/// <param name="Ways">The ways out of that lock.</param>
public sealed record CoverLock(LockCovered Lock, EnumSet<WayOut> Ways) : ICaseCommand;

public sealed record AssignCase(CaseAssigned Assignment) : ICaseCommand;

/// <summary>The time for a reminder has come.</summary>
public sealed record RemindCase : ICaseCommand;

/// <summary>Gives this case to another one, which takes it over in the same command.</summary>
public sealed record MergeCase(CaseState Into, string Person, string Reason) : ICaseCommand;

/// <summary>The other side of <see cref="MergeCase"/>.</summary>
public sealed record TakeOverCase(CaseState From, string Person) : ICaseCommand;

/// <param name="LockStands">Whether the case's lock stands at the terminal, as far as the server knows.</param>
public sealed record ReopenCase(string Person, string Reason, bool LockStands) : ICaseCommand;

public sealed record RateCase(CaseRated Rating) : ICaseCommand;

/// <summary>Decisions about the course of a case; what is asked for in it is decided in <see cref="CaseDecisions"/>.</summary>
internal static class CaseLifeDecisions
{
    /// <summary>Afterwards a new case tells more than the old one.</summary>
    private static readonly TimeSpan ReopenWithin = TimeSpan.FromDays(30);

    public static Decision<ICaseEvent>? Decide(
        CaseState state,
        ICaseCommand command,
        DateTimeOffset now
    ) =>
        command switch
        {
            CoverLock c => Cover(state, c),
            AssignCase c => state.IsUnsettled ? c.Assignment : Closed,
            RemindCase => Remind(state, now),
            MergeCase c => Merge(state, c),
            TakeOverCase c => TakeOver(state, c),
            ReopenCase c => Reopen(state, c, now),
            RateCase c => Rate(state, c.Rating),
            _ => default(Decision<ICaseEvent>?),
        };

    private static Refusal Closed { get; } =
        Refusal.Conflict("case_closed", "The case is settled; open a new one.");

    private static Decision<ICaseEvent> Cover(CaseState state, CoverLock command)
    {
        var (wanted, ways) = (command.Lock, command.Ways);
        if (state.Status != CaseStatus.Open)
        {
            return state.IsUnsettled
                ? Refusal.Conflict("already_decided", "The case has been decided.")
                : Closed;
        }
        if (Covers(state, wanted.LockId))
        {
            return Refusal.Conflict("lock_covered", "The case covers this lock already.");
        }
        if (state.Further.Count >= CaseState.MostLocks)
        {
            return Refusal.Conflict(
                "locks_used_up",
                $"A case covers at most {CaseState.MostLocks} further locks; open another one."
            );
        }
        if (!ways.Contains(wanted.WayOut))
        {
            return CaseDecisions.NotAvailable(wanted.WayOut, ways);
        }
        // A passcode or a code is for one lock, and its case ends with the sign-in that proves it.
        return wanted.WayOut is WayOut.PasswordReset or WayOut.OfflineCode
            ? Refusal.Conflict(
                "case_of_its_own",
                $"Ask for {Words.Of(wanted.WayOut)} in a case of its own."
            )
            : wanted;
    }

    private static bool Covers(CaseState state, string lockId) =>
        state.LockId == lockId || state.Further.Exists(l => l.LockId == lockId);

    private static Decision<ICaseEvent> Remind(CaseState state, DateTimeOffset now)
    {
        if (!state.IsUnsettled || state.Due is not { } due)
        {
            return Closed;
        }
        return now < due
            ? new CaseReminded(false, due)
            : new CaseReminded(true, now + CaseDueTimes.Pause(state.Cause, state.Reminders));
    }

    private static Decision<ICaseEvent> Merge(CaseState state, MergeCase command)
    {
        if (state.Id == command.Into.Id)
        {
            return Refusal.Conflict("same_case", "A case cannot be merged into itself.");
        }
        if (state.Terminal != command.Into.Terminal)
        {
            return Refusal.Conflict("other_terminal", "Only cases of one terminal are merged.");
        }
        if (state.Status != CaseStatus.Open || command.Into.Status != CaseStatus.Open)
        {
            return Refusal.Conflict(
                "already_decided",
                "Only cases that nobody decided are merged."
            );
        }
        return new List<ICaseEvent>
        {
            new CaseMergedInto(command.Into.Id, command.Person, command.Reason),
            new CaseClosed("merged"),
        };
    }

    private static Decision<ICaseEvent> TakeOver(CaseState state, TakeOverCase command)
    {
        var from = command.From;
        if (state.TakenOver.Count >= CaseState.MostMerged)
        {
            return Refusal.Conflict(
                "merges_used_up",
                $"A case takes over at most {CaseState.MostMerged} others."
            );
        }
        List<ICaseEvent> events =
        [
            new CaseTakenOver(from.Id, [.. from.Contributors], [.. from.Documents], command.Person),
        ];
        var locks = from.Further.Where(l => !l.Ended).ToList();
        if (from.WayOut is not (WayOut.PasswordReset or WayOut.OfflineCode) && !from.Released)
        {
            locks.Add(new CoveredLock(from.LockId, from.Cause, from.WayOut));
        }
        else if (from.LockId != state.LockId)
        {
            return Refusal.Conflict(
                "case_of_its_own",
                $"The other case asks for {Words.Of(from.WayOut)} of another lock; decide it on its own."
            );
        }
        foreach (var further in locks.Where(l => !Covers(state, l.LockId)))
        {
            events.Add(
                new LockCovered(further.LockId, further.Cause, further.WayOut, from.OpenedBy)
            );
        }
        return state.Further.Count + events.Count - 1 > CaseState.MostLocks
            ? Refusal.Conflict("locks_used_up", "Together they cover too many locks.")
            : events;
    }

    private static Decision<ICaseEvent> Reopen(
        CaseState state,
        ReopenCase command,
        DateTimeOffset now
    )
    {
        if (state.IsUnsettled)
        {
            return Refusal.Conflict("case_open", "The case is not settled.");
        }
        if (state.MergedInto is not null)
        {
            return Refusal.Conflict("case_merged", "It went on in another case; reopen that one.");
        }
        if (!command.LockStands)
        {
            return Refusal.Conflict(
                "lock_ended",
                "Its lock has ended; there is nothing to settle."
            );
        }
        return now - state.OpenedAt > ReopenWithin || state.Reopenings >= CaseState.MostReopenings
            ? Refusal.Conflict("reopen_too_late", "It is too old to be reopened; open a new one.")
            : new CaseReopened(command.Person, command.Reason, now + CaseDueTimes.Of(state.Cause));
    }

    private static Decision<ICaseEvent> Rate(CaseState state, CaseRated rating)
    {
        if (state.Status == CaseStatus.Open || state.MergedInto is not null)
        {
            return Refusal.Conflict("not_decided", "The question is asked once it is decided.");
        }
        if (rating.ByPhone && state.Decision?.Person == rating.Person)
        {
            return Refusal.Forbidden(
                "You decided this case; the shop answers itself, or tells somebody else.",
                "own_decision"
            );
        }
        if (state.Score is not null)
        {
            return Refusal.Conflict("already_answered", "The shop has answered.");
        }
        return rating.Score is < 1 or > 5
            ? Refusal.Invalid("score", "Answer with 1 (badly) to 5 (well).")
            : rating;
    }
}
