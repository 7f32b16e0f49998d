namespace Tillkeeper.Server.Storage.Sqlite;

/// <summary>The .sql files that lie beside the code and travel inside the program.</summary>
internal static class Sql
{
    /// <summary>Every one, the log's own first, then one for each capability with views of its own. Each can be run again.</summary>
    public static IEnumerable<string> All()
    {
        var assembly = typeof(Sql).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .OrderBy(name => !name.EndsWith(".schema.sql", StringComparison.Ordinal))
            .ThenBy(name => name, StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            });
    }
}
