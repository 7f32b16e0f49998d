using System.CommandLine;

namespace Tillkeeper.Bench;

/// <param name="Root">The working copy.</param>
/// <param name="Quick">Little load and few pairs: does it run at all?</param>
/// <param name="Only">One group of rows, e.g. <c>P2</c>; null for all.</param>
internal sealed record Options(string Root, bool Quick, string? Only)
{
    public bool Wants(string group) => Only is null || Only == group;

    /// <summary>Parses the command line and runs <paramref name="run"/>; a wrong line ends with 2 and says what is wrong.</summary>
    public static async Task<int> Parse(string[] args, Func<Options, Task> run)
    {
        Option<DirectoryInfo> root = new("--root") { Required = true, Hidden = true };
        Option<bool> quick = new("--quick") { Description = "A smoke run; writes no results." };
        Option<string?> only = new("--only")
        {
            Description = "One group of rows; writes no results.",
        };
        only.AcceptOnlyFromAmong("P1", "P2", "W1");
        RootCommand bench = new("Measures ours against its yardsticks.") { root, quick, only };
        bench.SetAction(async parsed =>
        {
            await run(
                new Options(
                    parsed.GetRequiredValue(root).FullName,
                    parsed.GetValue(quick),
                    parsed.GetValue(only)
                )
            );
            return 0;
        });
        var result = bench.Parse(args);
        foreach (var error in result.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }
        return result.Errors.Count > 0 ? 2 : await result.InvokeAsync();
    }
}
