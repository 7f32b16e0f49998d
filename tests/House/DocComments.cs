using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tillkeeper.House;

/// <summary>What the code of Core says of its own types and members, as one line of Markdown.</summary>
internal static partial class DocComments
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Tillkeeper.Core.xml"))
        .Descendants("member")
        .ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal);

    public static string Of(Type type) => Summary($"T:{type.FullName}");

    public static string Of<T>(T value)
        where T : struct, Enum => Summary($"F:{typeof(T).FullName}.{value}");

    /// <summary>A property, or the parameter of the record that it comes from; empty when nothing is said of it.</summary>
    public static string Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        if (Summary($"P:{type.FullName}.{property.Name}") is { Length: > 0 } own)
        {
            return own;
        }
        return Members.TryGetValue($"T:{type.FullName}", out var record)
            ? record
                .Elements("param")
                .Where(p => (string?)p.Attribute("name") == property.Name)
                .Select(Text)
                .FirstOrDefault("")
            : "";
    }

    private static string Summary(string name) =>
        Members.GetValueOrDefault(name)?.Element("summary") is { } summary ? Text(summary) : "";

    private static string Text(XElement element) =>
        Blanks()
            .Replace(
                string.Concat(
                    element
                        .Nodes()
                        .Select(node =>
                            node switch
                            {
                                XText text => text.Value,
                                XElement { Name.LocalName: "see" } see => Name(see),
                                XElement inner => $"`{inner.Value}`",
                                _ => "",
                            }
                        )
                ),
                " "
            )
            .Trim()
            .Replace("|", "\\|", StringComparison.Ordinal);

    private static string Name(XElement see)
    {
        var target = (string?)see.Attribute("cref") ?? "";
        return $"`{JsonNamingPolicy.CamelCase.ConvertName(target[(target.LastIndexOfAny(['.', ':']) + 1)..])}`";
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
