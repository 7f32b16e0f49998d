using System.Text.Json;
using System.Text.RegularExpressions;
using Tillkeeper.Agent.Screen;

namespace Tillkeeper.Agent.Tests.Screen;

/// <summary>The lock screen's files as they lie in the agent's assembly.</summary>
internal static partial class ScreenFiles
{
    public static IReadOnlyDictionary<string, string> All { get; } = Read();

    public static string Html => All["index.html"];

    /// <summary>Every script, without its comments.</summary>
    public static IReadOnlyDictionary<string, string> Scripts { get; } =
        All.Where(f => f.Key.EndsWith(".js", StringComparison.Ordinal))
            .ToDictionary(f => f.Key, f => Comments().Replace(f.Value, ""));

    public static SortedDictionary<string, string> Texts(string language) =>
        new(
            JsonSerializer.Deserialize<Dictionary<string, string>>(All[$"screen.{language}.json"])!,
            StringComparer.Ordinal
        );

    private static Dictionary<string, string> Read()
    {
        var assembly = typeof(ScreenEndpoints).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(n => n.StartsWith("screen/", StringComparison.Ordinal))
            .ToDictionary(
                n => n["screen/".Length..],
                n =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                    return reader.ReadToEnd();
                }
            );
    }

    [GeneratedRegex(
        @"/\*[\s\S]*?\*/|^\s*//[^\n]*",
        RegexOptions.Multiline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Comments();
}
