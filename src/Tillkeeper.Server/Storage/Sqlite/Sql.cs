namespace Tillkeeper.Server.Storage.Sqlite;

/// <summary>The .sql files that lie beside the code and travel inside the program.</summary>
internal static class Sql
{
    public static string Read(string file)
    {
        var assembly = typeof(Sql).Assembly;
        var name = assembly
            .GetManifestResourceNames()
            .Single(n => n.EndsWith("." + file, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
