namespace Tillkeeper.Journeys.Harness;

/// <summary>A folder of hooks with recipes from the documentation in it.</summary>
internal sealed class HookFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tillkeeper-hooks-").FullName;

    /// <summary>As the documentation says: the recipe in both folders, its settings beside them.</summary>
    public void Install(string recipe, string settings)
    {
        foreach (var folder in new[] { "lock-begun.d", "lock-ended.d" })
        {
            var at = Directory.CreateDirectory(System.IO.Path.Combine(Path, folder)).FullName;
            var copy = System.IO.Path.Combine(at, $"20-{recipe}");
            File.Copy(System.IO.Path.Combine(Recipes, recipe), copy);
            File.SetUnixFileMode(copy, (UnixFileMode)0b111_101_101);
        }
        File.WriteAllText(System.IO.Path.Combine(Path, $"{recipe}.conf"), settings + "\n");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Recipes
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(System.IO.Path.Combine(here.FullName, "Tillkeeper.slnx")))
            {
                here = here.Parent!;
            }
            return System.IO.Path.Combine(here.FullName, "docs", "operating", "hooks");
        }
    }
}
