namespace Tillkeeper.Bench;

/// <param name="Root">The working copy.</param>
/// <param name="Quick">Little load and few pairs: does it run at all?</param>
/// <param name="Only">One group of rows, e.g. <c>P2</c>; null for all.</param>
internal sealed record Options(string Root, bool Quick, string? Only)
{
    public bool Wants(string group) => Only is null || Only == group;

    public static Options Parse(IReadOnlyList<string> args)
    {
        string? root = null;
        string? only = null;
        var quick = false;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--root" when i + 1 < args.Count:
                    root = args[++i];
                    break;
                case "--only" when i + 1 < args.Count:
                    only = args[++i];
                    break;
                case "--quick":
                    quick = true;
                    break;
                default:
                    throw new ArgumentException(
                        $"'{args[i]}' is not known; bench/run [--quick] [--only P1|P2]."
                    );
            }
        }
        return new Options(
            root ?? throw new ArgumentException("Start it with bench/run."),
            quick,
            only
        );
    }
}
