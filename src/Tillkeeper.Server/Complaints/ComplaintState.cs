using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tillkeeper.Server.Complaints;

/// <summary>An answer that was promised, or can be expected, by a certain time.</summary>
/// <param name="MetAt">When the answer came; null while it has not.</param>
internal sealed record Promise(
    ComplaintLevel Level,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    DateTimeOffset? MetAt = null
)
{
    /// <summary>Null while it is open, and for offices outside, whose answers this system does not see.</summary>
    public bool? Kept(DateTimeOffset now) =>
        (MetAt, Due) switch
        {
            ({ } met, { } due) => met <= due,
            (null, { } due) when Level < ComplaintLevel.Hotline && due < now => false,
            _ => null,
        };
}

/// <summary>The fold of a complaint.</summary>
internal sealed record ComplaintState
{
    public static ComplaintState Empty { get; } = new();

    public ComplaintOpened? Opened { get; init; }
    public ComplaintLevel Level { get; init; }
    public ComplaintReviewed? Review { get; init; }

    /// <summary>Oldest first, one a level.</summary>
    public ImmutableList<Promise> Promises { get; init; } = [];

    [JsonIgnore]
    public bool Exists => Opened is not null;

    [JsonIgnore]
    public string Status => Review is null ? "open" : "settled";

    [JsonIgnore]
    public DateTimeOffset? Due => Promises.Count > 0 ? Promises[^1].Due : null;

    public static ComplaintState Apply(ComplaintState state, IComplaintEvent happened) =>
        happened switch
        {
            ComplaintOpened e => new ComplaintState
            {
                Opened = e,
                Promises = [new Promise(ComplaintLevel.Reviewer, e.At, e.Due)],
            },
            ComplaintEscalated e => state with
            {
                Level = e.To,
                Promises = state.Promises.Add(new Promise(e.To, e.At, e.Due)),
            },
            ComplaintReviewed e => state with
            {
                Review = e,
                // The answer also ends the wait at the levels that were too slow; that they were is still seen.
                Promises =
                [
                    .. state.Promises.Select(p =>
                        p.Level < ComplaintLevel.Hotline && p.MetAt is null
                            ? p with
                            {
                                MetAt = e.At,
                            }
                            : p
                    ),
                ],
            },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}
