using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.PolicyFiles;

/// <summary>A policy file as it was read: what it sets, and every mistake in it with its line.</summary>
/// <param name="Text">As it was written; comments belong to it.</param>
/// <param name="Document">What could be read; complete when there are no errors.</param>
/// <param name="Errors">In the order of the lines.</param>
/// <param name="Lines">The line of each key that is set.</param>
public sealed record PolicyFile(
    string Text,
    PolicyDocument Document,
    IReadOnlyList<PolicyFileError> Errors,
    IReadOnlyDictionary<string, int> Lines
)
{
    public const int MostBytes = 256 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public bool IsValid => Errors.Count == 0;

    public static PolicyFile Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            return Unread("the file is larger than 256 KiB; a policy never is.");
        }
        try
        {
            return Read(
                Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes)
            );
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Max(0, e.Index)].Count((byte)'\n');
            return Unread("this is not UTF-8 text; save the file as UTF-8.", line);
        }
    }

    public static PolicyFile Read(string text)
    {
        if (
            Strict.GetMaxByteCount(text.Length) > MostBytes
            && Encoding.UTF8.GetByteCount(text) > MostBytes
        )
        {
            return Unread("the file is larger than 256 KiB; a policy never is.");
        }
        List<PolicyFileError> errors = [];
        var reader = new SectionReader(errors);
        var document = YamlTree.Read(text, errors) switch
        {
            YamlMap map => Sections(map, reader, errors),
            null or YamlScalar { IsNull: true } => PolicyDocument.Empty,
            var other => Nothing(other, errors),
        };
        var ranges = new RangeCheck(document, reader.Lines);
        ranges.Run(errors);
        return new PolicyFile(
            text,
            ranges.Document,
            [.. errors.OrderBy(e => e.Line)],
            reader.Lines
        );
    }

    private static PolicyDocument Sections(
        YamlMap map,
        SectionReader reader,
        List<PolicyFileError> errors
    )
    {
        string? preset = null;
        List<GivenSection> sections = [];
        foreach (var entry in map.Entries)
        {
            if (entry.Key == "preset")
            {
                preset = PresetOf(entry, errors);
                reader.Lines["preset"] = entry.Line;
                continue;
            }
            if (PolicySections.All.FirstOrDefault(s => s.Name == entry.Key) is not { } section)
            {
                errors.Add(new PolicyFileError(entry.Line, Unknown(entry.Key)));
                continue;
            }
            var read = reader.Read(section.Name, entry.Value, section.Shape);
            reader.Lines[section.Name] = entry.Line;
            if (read is not null)
            {
                sections.Add(new GivenSection(section, ToElement(read)));
            }
        }
        return new PolicyDocument(preset, sections);
    }

    private static string? PresetOf(YamlEntry entry, List<PolicyFileError> errors)
    {
        if (entry.Value is YamlScalar { Text: var name } && Presets.Names.Contains(name))
        {
            return name;
        }
        errors.Add(
            new PolicyFileError(
                entry.Line,
                $"'preset' takes one of: {string.Join(", ", Presets.Names)}.",
                "preset"
            )
        );
        return null;
    }

    private static string Unknown(string key)
    {
        if (key == "version")
        {
            return "'version' is not for a file to say; leave it out, the server counts revisions.";
        }
        string[] names = ["preset", .. PolicySections.All.Select(s => s.Name)];
        return $"there is no section '{Spelling.Shown(key)}';{Spelling.Suggest(key, names)} There are: {string.Join(", ", names)}.";
    }

    private static PolicyDocument Nothing(YamlItem root, List<PolicyFileError> errors)
    {
        errors.Add(
            new PolicyFileError(
                root.Line,
                "a policy file has sections; begin with e.g. 'wrongPassword:' and its keys below, indented."
            )
        );
        return PolicyDocument.Empty;
    }

    private static PolicyFile Unread(string problem, int line = 1) =>
        new(
            "",
            PolicyDocument.Empty,
            [new PolicyFileError(line, problem)],
            new Dictionary<string, int>(StringComparer.Ordinal)
        );

    internal static JsonElement ToElement(JsonNode node) =>
        JsonSerializer.Deserialize<JsonElement>(node.ToJsonString());
}
