using Tillkeeper.Core;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Investigations;

/// <summary>What may become of an investigation: pure, times as parameters. Actions go on after its end, findings do not.</summary>
internal static class InvestigationDecisions
{
    /// <summary>Actions, and linked policies, of one investigation.</summary>
    public const int Most = 50;

    public static Decision<IInvestigationEvent> Find(
        InvestigationState state,
        Cause? corrected,
        IReadOnlyList<string> factors,
        string person,
        DateTimeOffset now
    ) => Closed(state) is { } closed ? closed : new CauseFound(factors, person, now, corrected);

    public static Decision<IInvestigationEvent> Plan(
        InvestigationState state,
        string what,
        string owner,
        DateTimeOffset due,
        string person,
        DateTimeOffset now
    )
    {
        if (Closed(state) is { } closed)
        {
            return closed;
        }
        if (due <= now)
        {
            return Refusal.Invalid("due", "Name a time to come.");
        }
        return state.Actions.Count >= Most
            ? Refusal.Conflict("too_many_actions", $"It has {Most} actions; open another one.")
            : new ActionPlanned(state.Actions.Count + 1, what, owner, due, person, now);
    }

    public static Decision<IInvestigationEvent> Finish(
        InvestigationState state,
        int action,
        string person,
        DateTimeOffset now
    )
    {
        if (action < 1 || action > state.Actions.Count)
        {
            return Refusal.NotFound("action");
        }
        return state.Actions[action - 1].DoneAt is not null
            ? Refusal.Conflict("already_done", "The action has been done.")
            : new ActionDone(action, person, now);
    }

    /// <summary>The actions whose day is over and about which nobody was told.</summary>
    public static Decision<IInvestigationEvent> LetPass(
        InvestigationState state,
        DateTimeOffset now
    ) =>
        new([
            .. state
                .Actions.Where(a => a is { DoneAt: null, Overdue: false } && a.Due <= now)
                .Select(a => new ActionOverdue(a.Number, now)),
        ]);

    public static Decision<IInvestigationEvent> Link(
        InvestigationState state,
        string target,
        long revision,
        string person,
        DateTimeOffset now
    )
    {
        if (Closed(state) is { } closed)
        {
            return closed;
        }
        return state.Policies.Count >= Most
            ? Refusal.Conflict("too_many_policies", $"It names {Most} changes; open another one.")
            : new PolicyLinked(target, revision, person, now);
    }

    /// <summary>It ends with a conclusion, and only once somebody has said what the cause was.</summary>
    public static Decision<IInvestigationEvent> Close(
        InvestigationState state,
        string conclusion,
        bool falseLock,
        string person,
        DateTimeOffset now
    )
    {
        if (Closed(state) is { } closed)
        {
            return closed;
        }
        return state.Found is null
            ? Refusal.Conflict("no_findings", "Say first what the cause was.")
            : new InvestigationClosed(conclusion, falseLock, person, now);
    }

    public static Refusal? Closed(InvestigationState state) =>
        state.Closed is null
            ? null
            : Refusal.Conflict("closed", "The investigation is closed; open another one.");
}
