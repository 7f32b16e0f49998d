namespace Tillkeeper.Core.Campaigns;

/// <summary>How good the estimates were that shops were told.</summary>
/// <param name="Measured">Updates of which both are known: what was said and what it took.</param>
/// <param name="Within">The share that took no longer than was said; null when none is known.</param>
/// <param name="MedianError">The median of the differences, whichever way.</param>
public sealed record EstimateQuality(
    int Measured,
    double? Within = null,
    TimeSpan? MedianError = null
);

/// <summary>How long an update will close a shop: from what the same artifact took on the same model so far.</summary>
public static class Estimates
{
    /// <summary>With fewer than these, size alone tells.</summary>
    public const int Enough = 3;

    /// <summary>Newer ones only: the same version may meet other circumstances next month.</summary>
    public const int Most = 200;
    private const double BytesASecond = 2 * 1024 * 1024;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Four in five took no longer: being early pleases, being late does not.</summary>
    public static TimeSpan Of(Artifact artifact, IReadOnlyCollection<TimeSpan> took)
    {
        var estimate =
            took.Count >= Enough
                ? Quantile(took, 0.8)
                : TimeSpan.FromSeconds(60 + (artifact.Size / BytesASecond));
        return TimeSpan.FromSeconds(
            Math.Clamp(
                Math.Ceiling(estimate.TotalSeconds),
                Least.TotalSeconds,
                Longest.TotalSeconds
            )
        );
    }

    public static EstimateQuality Judge(
        IReadOnlyCollection<(TimeSpan Estimate, TimeSpan Took)> measured
    ) =>
        measured.Count == 0
            ? new EstimateQuality(0)
            : new EstimateQuality(
                measured.Count,
                (double)measured.Count(m => m.Took <= m.Estimate) / measured.Count,
                Quantile([.. measured.Select(m => (m.Took - m.Estimate).Duration())], 0.5)
            );

    /// <summary>
    /// What to say when an estimate was missed: at least a minute more, and a quarter of what has passed, so that it is revised seldom.
    /// </summary>
    public static TimeSpan Beyond(TimeSpan passed)
    {
        var more = passed / 4;
        return more < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : more;
    }

    /// <summary>The nearest rank (no value is made up).</summary>
    private static TimeSpan Quantile(IReadOnlyCollection<TimeSpan> values, double share) =>
        values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * values.Count) - 1));
}
