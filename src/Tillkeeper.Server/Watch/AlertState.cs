using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Watch;

/// <summary>How far an alert has got. One that is gone comes back by itself when its condition does.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AlertStatus>))]
internal enum AlertStatus
{
    Open,
    Gone,
    Settled,
}

/// <summary>The fold of an alert.</summary>
/// <param name="Overdue">How often its time has come without it being settled.</param>
internal sealed record AlertState(
    string Id = "",
    string Kind = "",
    string Key = "",
    Severity Severity = Severity.Notice,
    string Place = "",
    string? Terminal = null,
    AlertStatus Status = AlertStatus.Open,
    string? Owner = null,
    DateTimeOffset? Due = null,
    int Overdue = 0,
    int Occurrences = 0
)
{
    /// <summary>What was last found.</summary>
    public ImmutableSortedDictionary<string, string> Facts
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    public static AlertState Apply(AlertState state, IAlertEvent happened) =>
        happened switch
        {
            AlertOpened e => new AlertState(
                e.Alert,
                e.Kind,
                e.Key,
                e.Severity,
                e.Place,
                e.Terminal,
                Due: e.Due,
                Occurrences: 1
            )
            {
                Facts = Sorted(e.Facts),
            },
            AlertOccurred e => state with
            {
                Status = AlertStatus.Open,
                Occurrences = state.Occurrences + 1,
                Due = e.Due,
                Facts = Sorted(e.Facts),
            },
            AlertOwned e => state with { Owner = e.Person },
            AlertDueSet e => state with { Due = e.Due, Overdue = 0 },
            AlertOverdue => state with { Overdue = state.Overdue + 1 },
            AlertGone => state with { Status = AlertStatus.Gone, Overdue = 0 },
            AlertSettled => state with { Status = AlertStatus.Settled },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static ImmutableSortedDictionary<string, string> Sorted(
        IReadOnlyDictionary<string, string> facts
    ) => facts.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
