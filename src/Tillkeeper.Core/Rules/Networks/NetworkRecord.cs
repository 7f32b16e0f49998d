using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules.Networks;

/// <summary>
/// What a terminal has measured of its network lately, and what follows (C5). Bad only after it was bad for a while, good only after it
/// was good for a while, both on the boot clock; a stretch in which nothing was measured counts for neither.
/// </summary>
/// <param name="Samples">The last rounds, oldest first; at most <see cref="MostSamples"/>.</param>
/// <param name="Problem">What is bad now, hysteresis done; null while the network counts as good.</param>
/// <param name="BadSinceMs">Since when it looks bad without counting yet.</param>
public sealed record NetworkRecord(
    ImmutableList<NetworkSample> Samples,
    NetworkProblem? Problem = null,
    long? BadSinceMs = null
)
{
    public const int MostSamples = 1000;
    private static readonly TimeSpan Quickest = TimeSpan.FromSeconds(1);

    /// <summary>Without a measurement for so long, what was measured before says nothing about now.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(30);

    public static NetworkRecord Empty { get; } = new([]);

    /// <summary>After a restart: what was found before it stands until it has been good for long enough.</summary>
    public static NetworkRecord After(Finding? standing) =>
        standing is null ? Empty : new([], ProblemOf(standing.Evidence));

    /// <summary>How often to measure: as the policy says, but not so often that its windows do not fit in here.</summary>
    public static TimeSpan Pace(NetworkRule rule)
    {
        var fits = Longest(rule) / (MostSamples / 2);
        return new[] { rule.Every, fits, Quickest }.Max();
    }

    public NetworkRecord Add(NetworkSample sample, NetworkRule rule)
    {
        var gap = Math.Max(Ms(Pace(rule)) * 5, Ms(LongestGap));
        var isNew = Samples.IsEmpty || sample.AtMs - Samples[^1].AtMs > gap;
        var samples = Trim((isNew ? [] : Samples).Add(sample), sample.AtMs - Ms(Longest(rule)));
        if (Problem is not null)
        {
            return IsGoodAgain(samples, rule)
                ? new NetworkRecord(samples)
                : new NetworkRecord(samples, Problem);
        }
        var seen = NetworkMeasures.ProblemOf(Within(samples, rule.Window), rule);
        var before = isNew ? null : BadSinceMs;
        long? since = seen is null ? null : before ?? sample.AtMs;
        return since <= sample.AtMs - Ms(rule.BadFor)
            ? new NetworkRecord(samples, seen)
            : new NetworkRecord(samples, null, since);
    }

    /// <summary>The last window in numbers.</summary>
    public NetworkMeasures Measures(NetworkRule rule) =>
        NetworkMeasures.Of(Within(Samples, rule.Window)) with
        {
            Problem = Problem,
        };

    /// <summary>What a finding carries; the values are words and whole numbers.</summary>
    public Evidence Evidence(NetworkRule rule)
    {
        var measured = Measures(rule);
        var facts = ImmutableSortedDictionary
            .Create<string, string>(StringComparer.Ordinal)
            .Add("problem", Words.Of(Problem ?? NetworkProblem.Unstable))
            .Add("link", Words.Of(measured.Link))
            .Add("lossPercent", Text(measured.LossPercent))
            .Add("flaps", Text(measured.Flaps))
            .Add("minutes", Text((int)Math.Ceiling(rule.Window.TotalMinutes)));
        return new Evidence(
            Facts: measured.LatencyMs is { } latency ? facts.Add("latencyMs", Text(latency)) : facts
        );
    }

    private static bool IsGoodAgain(ImmutableList<NetworkSample> samples, NetworkRule rule) =>
        samples[^1].AtMs - samples[0].AtMs >= Ms(rule.GoodFor)
        && NetworkMeasures.IsStable(Within(samples, rule.GoodFor), rule);

    private static List<NetworkSample> Within(
        ImmutableList<NetworkSample> samples,
        TimeSpan window
    ) => samples.IsEmpty ? [] : [.. samples.Where(s => s.AtMs > samples[^1].AtMs - Ms(window))];

    /// <summary>Keeps what the windows need, and one from before them: it proves how far back the record goes.</summary>
    private static ImmutableList<NetworkSample> Trim(
        ImmutableList<NetworkSample> samples,
        long from
    )
    {
        var old = Math.Max(0, samples.Count - MostSamples);
        while (old + 1 < samples.Count && samples[old + 1].AtMs <= from)
        {
            old++;
        }
        return samples.RemoveRange(0, old);
    }

    private static TimeSpan Longest(NetworkRule rule) =>
        rule.Window > rule.GoodFor ? rule.Window : rule.GoodFor;

    private static NetworkProblem ProblemOf(Evidence evidence) =>
        Words.TryParse<NetworkProblem>(evidence.Facts?.GetValueOrDefault("problem"), out var known)
            ? known
            : NetworkProblem.Unstable;

    private static long Ms(TimeSpan time) => (long)time.TotalMilliseconds;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
