using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tillkeeper.House.Phrases;

/// <summary>A resource file in English and the one in Chinese beside it.</summary>
/// <param name="Path">The English one, from the root of the repository.</param>
internal sealed partial record PhraseFile(
    string Path,
    IReadOnlyDictionary<string, string> English,
    IReadOnlyDictionary<string, string> Chinese
)
{
    private const string ChineseSuffix = ".zh-Hans.resx";

    /// <summary>Every one that a program of ours speaks with.</summary>
    public static IReadOnlyList<PhraseFile> All { get; } =
    [
        .. Repository
            .Files("src", "*.resx")
            .Where(file =>
                !file.EndsWith(ChineseSuffix, StringComparison.Ordinal)
                && !file.Contains("/node_modules/", StringComparison.Ordinal)
            )
            .Select(file => new PhraseFile(
                Repository.Relative(file),
                Read(file),
                Read(file.Replace(".resx", ChineseSuffix, StringComparison.Ordinal))
            )),
    ];

    /// <summary>Those of the pages; their keys begin with the name of their folder.</summary>
    public static IReadOnlyList<PhraseFile> OfPages { get; } =
    [
        .. All.Where(f =>
            f.Path.StartsWith("src/Tillkeeper.Server/Console/", StringComparison.Ordinal)
        ),
    ];

    /// <summary>What the keys in it begin with, e.g. <c>signIn</c> in <c>Console/SignIn</c>.</summary>
    public string Room => char.ToLowerInvariant(Folder[0]) + Folder[1..];

    public string Folder => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)!);

    /// <summary>The places that are filled in, e.g. <c>0 1</c>.</summary>
    public static string PlacesOf(string phrase) =>
        string.Join(
            ' ',
            Place()
                .Matches(phrase)
                .Select(m => m.Groups["number"].Value)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    private static Dictionary<string, string> Read(string file) =>
        XDocument
            .Load(file)
            .Root!.Elements("data")
            .ToDictionary(
                d => d.Attribute("name")!.Value,
                d => d.Element("value")!.Value,
                StringComparer.Ordinal
            );

    [GeneratedRegex(
        @"\{(?<number>\d+)(:[^}]*)?\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Place();
}
