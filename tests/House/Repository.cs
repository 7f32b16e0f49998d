namespace Tillkeeper.House;

/// <summary>The working tree that these tests were built from, and how its generated files are kept up to date.</summary>
internal static class Repository
{
    /// <summary>Set to 1, tests that compare a generated file write it instead.</summary>
    private const string UpdateVariable = "TILLKEEPER_UPDATE";

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static bool IsUpdate => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    /// <summary>What to tell somebody whose file is out of date.</summary>
    public static string HowTo =>
        $"Run the tests once with {UpdateVariable}=1, look at the difference and commit it.";

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files below a folder that people write: no build output.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .EnumerateFiles(PathTo(folder), pattern, SearchOption.AllDirectories)
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/bin/", StringComparison.Ordinal)
            );

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "Tillkeeper.slnx"))
            ? from
            : FindRoot(
                Path.GetDirectoryName(from)
                    ?? throw new InvalidOperationException("No Tillkeeper.slnx above the tests.")
            );
}
