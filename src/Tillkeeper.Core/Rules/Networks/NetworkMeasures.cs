using System.Text.Json.Serialization;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules.Networks;

/// <summary>What is wrong with a network, the gravest first.</summary>
[JsonConverter(typeof(SnakeCaseEnum<NetworkProblem>))]
public enum NetworkProblem
{
    NoLink,

    /// <summary>Neither the next hop nor anything behind it answers.</summary>
    LineDown,
    NameNotFound,
    PaymentHostUnreachable,
    Lossy,
    Unstable,
    Slow,
}

/// <summary>A stretch of measuring in numbers. Loss, latency and changes are those of what payments need.</summary>
/// <param name="Samples">How many rounds; with none the numbers say nothing.</param>
/// <param name="LossPercent">Rounds in which what payments need was out of reach, 0 to 100.</param>
/// <param name="ServerLossPercent">The same of our server, for the provider to read; judges nothing.</param>
/// <param name="LatencyMs">The median; null when nothing was reached.</param>
/// <param name="Flaps">Changes between reachable and not.</param>
/// <param name="Problem">What counts as bad, hysteresis done; null while the network counts as good.</param>
public sealed record NetworkMeasures(
    LinkKind Link,
    int Samples,
    int LossPercent,
    int ServerLossPercent,
    int Flaps,
    int? LatencyMs = null,
    int? ServerLatencyMs = null,
    NetworkProblem? Problem = null
)
{
    /// <summary>Fewer lost rounds than this are bad luck, whatever the thresholds.</summary>
    public const int LeastLost = 3;

    public static NetworkMeasures Of(IReadOnlyList<NetworkSample> samples)
    {
        var count = samples.Count;
        return new NetworkMeasures(
            count == 0 ? LinkKind.None : samples[^1].Link,
            count,
            Percent(samples.Count(s => s.IsLost), count),
            Percent(samples.Count(s => !s.Server.Reached), count),
            Enumerable.Range(1, Math.Max(0, count - 1)).Count(i => Changed(samples, i)),
            Median(samples.Select(s => (s.Payment ?? s.Server).LatencyMs)),
            Median(samples.Select(s => s.Server.LatencyMs))
        );
    }

    /// <summary>What a rule finds wrong in a stretch of rounds, or null. One lost packet, or two, are never anything.</summary>
    public static NetworkProblem? ProblemOf(IReadOnlyList<NetworkSample> samples, NetworkRule rule)
    {
        if (samples.Count < LeastLost)
        {
            return null;
        }
        if (samples.TakeLast(LeastLost).All(s => s.IsLost))
        {
            return Down(samples[^1]);
        }
        var measured = Of(samples);
        if (measured.LossPercent >= rule.LossPercent && samples.Count(s => s.IsLost) >= LeastLost)
        {
            return NetworkProblem.Lossy;
        }
        if (measured.Flaps >= rule.Flaps)
        {
            return NetworkProblem.Unstable;
        }
        return IsSlow(measured, samples, rule) ? NetworkProblem.Slow : null;
    }

    /// <summary>
    /// Is a stretch good enough to end what was bad? Half of what would make it bad again is not: a network at the edge must not
    /// lock and release all day.
    /// </summary>
    public static bool IsStable(IReadOnlyList<NetworkSample> samples, NetworkRule rule)
    {
        var measured = Of(samples);
        return samples.Count >= LeastLost
            && !samples[^1].IsLost
            && measured.LossPercent * 2 < rule.LossPercent
            && measured.Flaps * 2 < rule.Flaps
            && !IsSlow(measured, samples, rule);
    }

    /// <summary>Only the way to the payment host can be too slow: ours may be far away.</summary>
    private static bool IsSlow(
        NetworkMeasures measured,
        IReadOnlyList<NetworkSample> samples,
        NetworkRule rule
    ) => samples[^1].Payment is not null && measured.LatencyMs > rule.Latency.TotalMilliseconds;

    private static NetworkProblem Down(NetworkSample last) =>
        last switch
        {
            { Link: LinkKind.None } => NetworkProblem.NoLink,
            { Server.Reached: false, Gateway: false } => NetworkProblem.LineDown,
            { Payment.NameFailed: true } => NetworkProblem.NameNotFound,
            _ => NetworkProblem.PaymentHostUnreachable,
        };

    private static bool Changed(IReadOnlyList<NetworkSample> samples, int at) =>
        samples[at].IsLost != samples[at - 1].IsLost;

    private static int Percent(int part, int whole) => whole == 0 ? 0 : part * 100 / whole;

    private static int? Median(IEnumerable<int?> values)
    {
        var sorted = values.OfType<int>().Order().ToArray();
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }
}
