using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Crisis;

/// <summary>How far a crisis has got.</summary>
[JsonConverter(typeof(SnakeCaseEnum<CrisisStatus>))]
internal enum CrisisStatus
{
    /// <summary>The rule goes on locking.</summary>
    Open,

    /// <summary>Nothing new is locked.</summary>
    Stopped,
    Undoing,
    Undone,
    Closed,
}

/// <summary>One of two people, while the other is awaited.</summary>
internal sealed record Asked(string Person, string Reason);

/// <summary>The fold of a crisis.</summary>
internal sealed record CrisisState
{
    public string Id { get; init; } = "";
    public RuleName? Rule { get; init; }
    public string? Batch { get; init; }
    public CrisisStatus Status { get; init; }
    public DateTimeOffset Since { get; init; }

    /// <summary>What was locked later does not belong to it; null while it is not settled.</summary>
    public DateTimeOffset? Until { get; init; }
    public int Locked { get; init; }
    public int Fleet { get; init; }
    public string Reason { get; init; } = "";
    public ImmutableList<Factor> Factors { get; init; } = [];
    public Asked? Stop { get; init; }
    public Asked? Undo { get; init; }

    /// <summary>The two who decided to undo it.</summary>
    public ImmutableList<string> UndoneBy { get; init; } = [];
    public string? UndoReason { get; init; }
    public ImmutableSortedDictionary<string, int> Outcomes
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
    public string? Message { get; init; }

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    /// <summary>True as long as what its rule locks belongs to it.</summary>
    [JsonIgnore]
    public bool IsActive => Status is CrisisStatus.Open or CrisisStatus.Stopped && Until is null;

    public static CrisisState Empty { get; } = new();

    public static CrisisState Apply(CrisisState state, ICrisisEvent happened) =>
        happened switch
        {
            CrisisOpened e => new CrisisState
            {
                Id = e.Crisis,
                Rule = e.Rule,
                Batch = e.Batch,
                Status = e.Stopped ? CrisisStatus.Stopped : CrisisStatus.Open,
                Since = e.Since,
                Locked = e.Locked,
                Fleet = e.Fleet,
                Reason = e.Reason,
            },
            CrisisAnalysed e => state with { Locked = e.Locked, Factors = [.. e.Factors] },
            StopRequested e => state with { Stop = new Asked(e.Person, e.Reason) },
            RuleStopped => state with { Status = CrisisStatus.Stopped, Stop = null },
            CrisisBounded e => state with { Until = e.Until },
            UndoRequested e => state with { Undo = new Asked(e.Person, e.Reason) },
            UndoOrdered e => state with
            {
                Status = CrisisStatus.Undoing,
                Undo = null,
                UndoneBy = [.. e.People],
                UndoReason = e.Reason,
                Until = state.Until ?? e.Until,
            },
            UndoAdvanced e => state with { Outcomes = Count(state.Outcomes, e.Steps) },
            UndoFinished => state with { Status = CrisisStatus.Undone },
            MessageSet e => state with { Message = e.Text },
            CrisisClosed e => state with
            {
                Status = CrisisStatus.Closed,
                Until = state.Until ?? e.Until,
            },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static ImmutableSortedDictionary<string, int> Count(
        ImmutableSortedDictionary<string, int> outcomes,
        IReadOnlyList<UndoStep> steps
    ) =>
        steps.Aggregate(
            outcomes,
            (counts, step) =>
                counts.SetItem(
                    Words.Of(step.Outcome),
                    counts.GetValueOrDefault(Words.Of(step.Outcome)) + 1
                )
        );
}
