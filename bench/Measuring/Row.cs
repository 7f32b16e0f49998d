namespace Tillkeeper.Bench.Measuring;

/// <summary>One measurement of ours and of the yardstick, taken right after each other.</summary>
internal sealed record Pair(double Ours, double Yardstick)
{
    public double Ratio => Ours / Yardstick;
}

/// <summary>A line of the table.</summary>
/// <param name="Unit">Of both figures, e.g. <c>events/s</c>.</param>
/// <param name="Goal">What the median of the ratios has to reach.</param>
/// <param name="AtLeast">True when more is better, false when the goal is a ceiling.</param>
/// <param name="Notes">What else was seen, for whoever wonders about the figure.</param>
internal sealed record Row(
    string Id,
    string What,
    string Unit,
    double Goal,
    bool AtLeast,
    IReadOnlyList<Pair> Pairs,
    string Notes = ""
)
{
    public Spread Ours { get; } = Spread.Of(Pairs.Select(p => p.Ours));
    public Spread Yardstick { get; } = Spread.Of(Pairs.Select(p => p.Yardstick));
    public Spread Ratio { get; } = Spread.Of(Pairs.Select(p => p.Ratio));
    public bool IsMet => AtLeast ? Ratio.Median >= Goal : Ratio.Median <= Goal;
}

/// <summary>The middle of several measurements, and how far they reached.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        var median =
            sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
