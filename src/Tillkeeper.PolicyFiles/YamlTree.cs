using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tillkeeper.PolicyFiles;

/// <summary>
/// Builds the tree of a document and notes what has no place in a policy file: anchors and aliases (which can make a small file grow
/// without end), tags, keys that are no words, keys that stand twice, a second document.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>A policy file has three levels; what is deeper is no policy file.</summary>
    private const int Deepest = 8;

    private readonly List<PolicyFileError> errors;
    private readonly Scanner scanner;
    private readonly Parser parser;

    private YamlTree(string text, List<PolicyFileError> errors)
    {
        this.errors = errors;
        scanner = new Scanner(new StringReader(text));
        parser = new Parser(scanner);
    }

    /// <summary>The root, or null when there is none or the text is no YAML; what is wrong is added to <paramref name="errors"/>.</summary>
    public static YamlItem? Read(string text, List<PolicyFileError> errors)
    {
        var tree = new YamlTree(WithoutTabs(text, errors), errors);
        try
        {
            return tree.Document();
        }
        catch (YamlException e)
        {
            tree.Wrong(e.Start, NoYaml(e.Message));
            return null;
        }
        // The scanner's own way of saying that it met something it has no rule for, such as a colon inside an open brace.
        catch (Exception e)
            when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            tree.Wrong(tree.scanner.CurrentPosition, NoYaml("unexpected text"));
            return null;
        }
    }

    private static string NoYaml(string problem) =>
        $"this is not YAML ({problem.TrimEnd('.')}); check the indentation, colons, braces and quotes here and just above.";

    /// <summary>YAML forbids tabs in the indentation; reading on with blanks instead finds the other mistakes too.</summary>
    private static string WithoutTabs(string text, List<PolicyFileError> errors)
    {
        if (!text.Contains('\t', StringComparison.Ordinal))
        {
            return text;
        }
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            if (lines[i].AsSpan(0, indent).Contains('\t'))
            {
                errors.Add(
                    new PolicyFileError(i + 1, "a tab indents this line; indent with blanks.")
                );
                lines[i] =
                    lines[i][..indent].Replace("\t", "  ", StringComparison.Ordinal)
                    + lines[i][indent..];
            }
        }
        return string.Join('\n', lines);
    }

    private YamlItem? Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.Accept<DocumentStart>(out _))
        {
            return null;
        }
        parser.Consume<DocumentStart>();
        var root = Item(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            Wrong(second.Start, "a second document begins; a policy file is one document.");
        }
        return root;
    }

    private YamlItem Item(int depth)
    {
        if (depth > Deepest)
        {
            throw new SemanticErrorException(
                parser.Current!.Start,
                parser.Current.End,
                $"nested more than {Deepest} levels deep"
            );
        }
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            Wrong(alias.Start, $"'*{alias.Value}' refers to another place; write the value out.");
            return new YamlScalar(Line(alias.Start), "", Plain: false);
        }
        Refuse(parser.Peek<NodeEvent>());
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(
                Line(scalar.Start),
                scalar.Value,
                scalar.Style == ScalarStyle.Plain
            );
        }
        return parser.Accept<SequenceStart>(out _) ? List(depth) : Map(depth);
    }

    private YamlList List(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        List<YamlItem> items = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Item(depth + 1));
        }
        return new YamlList(Line(start.Start), items);
    }

    private YamlMap Map(int depth)
    {
        var start = parser.Consume<MappingStart>();
        List<YamlEntry> entries = [];
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = parser.Current!.Start;
            if (parser.Accept<Scalar>(out var upcoming))
            {
                at = upcoming.Start;
            }
            var key = Item(depth + 1) as YamlScalar;
            var value = Item(depth + 1);
            if (key is not { Text.Length: > 0 })
            {
                Wrong(at, "a key here is no word; write 'key: value'.");
                continue;
            }
            if (entries.Find(e => e.Key == key.Text) is { } first)
            {
                Wrong(
                    at,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"'{key.Text}' stands twice, first on line {first.Line}; keep one of them."
                    )
                );
                continue;
            }
            entries.Add(new YamlEntry(key.Line, key.Text, value));
        }
        return new YamlMap(Line(start.Start), entries);
    }

    private void Refuse(NodeEvent? node)
    {
        if (node is null)
        {
            return;
        }
        if (!node.Anchor.IsEmpty)
        {
            Wrong(
                node.Start,
                $"'&{node.Anchor.Value}' names a place; a policy file has no anchors, write values out."
            );
        }
        if (!node.Tag.IsEmpty)
        {
            Wrong(node.Start, "a tag ('!...') stands here; a policy file has none, leave it out.");
        }
    }

    private void Wrong(in Mark at, string problem) =>
        errors.Add(new PolicyFileError(Line(at), problem));

    private static int Line(in Mark at) => (int)Math.Clamp(at.Line, 1, int.MaxValue);
}

file static class Peeking
{
    public static T? Peek<T>(this IParser parser)
        where T : ParsingEvent => parser.Accept<T>(out var found) ? found : null;
}
