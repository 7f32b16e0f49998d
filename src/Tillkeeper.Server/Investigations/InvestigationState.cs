using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tillkeeper.Server.Investigations;

/// <summary>Something that somebody does, so that it does not happen again.</summary>
internal sealed record ActionItem(
    int Number,
    string What,
    string Owner,
    DateTimeOffset Due,
    DateTimeOffset? DoneAt = null,
    bool Overdue = false
);

/// <summary>The fold of an investigation.</summary>
internal sealed record InvestigationState
{
    public static InvestigationState Empty { get; } = new();

    public InvestigationOpened? Opened { get; init; }
    public CauseFound? Found { get; init; }
    public InvestigationClosed? Closed { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public ImmutableList<ActionItem> Actions { get; init; } = [];
    public ImmutableList<PolicyLinked> Policies { get; init; } = [];

    [JsonIgnore]
    public bool Exists => Opened is not null;

    [JsonIgnore]
    public string Status => Closed is null ? "open" : "closed";

    /// <summary>When the next action is over its day; null when nobody owes one, or all who do were told.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue =>
        Actions
            .Where(a => a is { DoneAt: null, Overdue: false })
            .Select(a => (DateTimeOffset?)a.Due)
            .Min();

    public static InvestigationState Apply(
        InvestigationState state,
        IInvestigationEvent happened
    ) =>
        happened switch
        {
            InvestigationOpened e => new InvestigationState { Opened = e },
            CauseFound e => state with { Found = e },
            ActionPlanned e => state with
            {
                Actions = state.Actions.Add(new ActionItem(e.Action, e.What, e.Owner, e.Due)),
            },
            ActionDone e => Change(state, e.Action, a => a with { DoneAt = e.At }),
            ActionOverdue e => Change(state, e.Action, a => a with { Overdue = true }),
            PolicyLinked e => state with { Policies = state.Policies.Add(e) },
            InvestigationClosed e => state with { Closed = e },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static InvestigationState Change(
        InvestigationState state,
        int number,
        Func<ActionItem, ActionItem> change
    ) =>
        state with
        {
            Actions = state.Actions.SetItem(number - 1, change(state.Actions[number - 1])),
        };
}
