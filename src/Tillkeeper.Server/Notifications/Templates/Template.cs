using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Tillkeeper.Server.Notifications.Templates;

/// <summary>A file that is no template; the message names file and line.</summary>
public sealed class TemplateException(string file, int line, string problem)
    : Exception($"{file}:{line}: {problem}");

/// <summary>What is sent in the end.</summary>
internal sealed record RenderedText(string Title, string Text);

/// <summary>
/// One text: front matter with a <c>title</c>, then the text, both with <c>{{placeholders}}</c>.
/// </summary>
internal sealed partial record Template(string Title, string Text)
{
    private const int LongestTitle = 120;
    private const int LongestText = 2000;
    private const string Fence = "---";
    private const string TitleKey = "title:";

    /// <exception cref="TemplateException">Names the line that is wrong.</exception>
    public static Template Parse(string file, string content, ImmutableArray<string> known)
    {
        var lines = content.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        var end = Array.IndexOf(lines, Fence, 1);
        if (lines[0] != Fence || end < 0)
        {
            throw new TemplateException(file, 1, "begin with front matter between two lines ---");
        }
        var title = "";
        for (var i = 1; i < end; i++)
        {
            if (!lines[i].StartsWith(TitleKey, StringComparison.Ordinal) || title.Length > 0)
            {
                throw new TemplateException(file, i + 1, "only one 'title: ...' belongs here");
            }
            title = lines[i][TitleKey.Length..].Trim();
        }
        CheckPlaceholders(file, lines, known);
        var text = string.Join('\n', lines[(end + 1)..]).Trim();
        if (title is not { Length: > 0 and <= LongestTitle })
        {
            throw new TemplateException(file, 2, $"give a title of 1 to {LongestTitle} characters");
        }
        return text is { Length: > 0 and <= LongestText }
            ? new Template(title, text)
            : throw new TemplateException(
                file,
                end + 2,
                $"give a text of 1 to {LongestText} characters"
            );
    }

    /// <summary>Fills in what is known; the title stays on one line whatever was filled in.</summary>
    public RenderedText Render(IReadOnlyDictionary<string, string> facts)
    {
        string Fill(string text) =>
            Placeholder()
                .Replace(
                    text,
                    found => OneLine(facts.GetValueOrDefault(found.Groups["name"].Value, ""))
                );
        return new RenderedText(Fill(Title), Fill(Text));
    }

    private static void CheckPlaceholders(string file, string[] lines, ImmutableArray<string> known)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var rest = new StringBuilder(lines[i]);
            foreach (Match found in Placeholder().Matches(lines[i]))
            {
                if (!known.Contains(found.Groups["name"].Value))
                {
                    throw new TemplateException(
                        file,
                        i + 1,
                        $"{found.Value} is none of: {string.Join(", ", known)}"
                    );
                }
                rest.Replace(found.Value, "");
            }
            if (rest.ToString().Contains("{{", StringComparison.Ordinal))
            {
                throw new TemplateException(file, i + 1, "a placeholder looks like {{name}}");
            }
        }
    }

    /// <summary>What comes from outside makes no lines of its own: neither headers of a letter nor a text that passes for ours.</summary>
    private static string OneLine(string value) =>
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(
        @"\{\{(?<name>[a-z_]+)\}\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Placeholder();
}
