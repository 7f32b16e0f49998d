namespace Tillkeeper.Server.Tests.Running;

/// <summary>Files under <c>contracts/</c>: a change of what others rely on shows in review. <c>TILLKEEPER_UPDATE=1</c> writes them anew.</summary>
internal static class Snapshot
{
    public static void Check(string file, string current)
    {
        var path = Path.Combine(Root(), "contracts", file);
        if (Environment.GetEnvironmentVariable("TILLKEEPER_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, current);
        }
        Assert.True(File.Exists(path), $"{path} is missing; run with TILLKEEPER_UPDATE=1.");
        Assert.Equal(File.ReadAllText(path), current);
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tillkeeper.slnx")))
        {
            folder =
                folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }
        return folder.FullName;
    }
}
