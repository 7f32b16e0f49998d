using System.Collections.Frozen;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Notifications.Templates;

/// <summary>
/// Every text, read once at start from files <c>KIND.AUDIENCE.LANGUAGE.md</c>; <c>all</c> stands for every audience that has no file of
/// its own. Complete in both languages, or the server does not start.
/// </summary>
internal sealed class TemplateBook
{
    private const string ForAll = "all";

    public static IReadOnlyList<string> Languages { get; } = ["zh", "en"];

    private readonly FrozenDictionary<(NotificationKind, Audience, string), Template> templates;

    private TemplateBook(Dictionary<(NotificationKind, Audience, string), Template> templates) =>
        this.templates = templates.ToFrozenDictionary();

    /// <summary>Where the texts lie that come with the program.</summary>
    public static string OwnFolder { get; } =
        Path.Combine(AppContext.BaseDirectory, "content", "notifications");

    /// <summary>Reads the program's own texts; those in <paramref name="folder"/> stand in for the ones of the same name.</summary>
    /// <exception cref="TemplateException">A file is no template, or one is missing.</exception>
    public static TemplateBook Load(string? folder)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (var from in new[] { OwnFolder, folder }.OfType<string>())
        {
            foreach (
                var path in Directory.EnumerateFiles(from, "*.md").Order(StringComparer.Ordinal)
            )
            {
                files[Path.GetFileNameWithoutExtension(path)] = path;
            }
        }
        Dictionary<(NotificationKind, Audience, string), Template> read = [];
        foreach (var kind in NotificationKinds.All)
        {
            foreach (var audience in kind.Audiences)
            {
                foreach (var language in Languages)
                {
                    var path = Find(files, kind.Kind, audience, language);
                    read[(kind.Kind, audience, language)] = Template.Parse(
                        path,
                        File.ReadAllText(path),
                        kind.Placeholders
                    );
                }
            }
        }
        RefuseUnknown(files);
        return new TemplateBook(read);
    }

    public RenderedText Render(
        NotificationKind kind,
        Audience audience,
        string language,
        IReadOnlyDictionary<string, string> facts
    ) => templates[(kind, audience, language)].Render(facts);

    private static string Find(
        Dictionary<string, string> files,
        NotificationKind kind,
        Audience audience,
        string language
    )
    {
        var own = $"{Words.Of(kind)}.{Words.Of(audience)}.{language}";
        return files.GetValueOrDefault(own)
            ?? files.GetValueOrDefault($"{Words.Of(kind)}.{ForAll}.{language}")
            ?? throw new TemplateException($"{own}.md", 1, "this text is missing");
    }

    /// <summary>A name that nobody asks for is a slip of the pen, and its text would never be sent.</summary>
    private static void RefuseUnknown(Dictionary<string, string> files)
    {
        var wanted = NotificationKinds
            .All.SelectMany(kind =>
                kind.Audiences.Select(Words.Of)
                    .Append(ForAll)
                    .SelectMany(audience =>
                        Languages.Select(language => $"{Words.Of(kind.Kind)}.{audience}.{language}")
                    )
            )
            .ToHashSet(StringComparer.Ordinal);
        var unknown = files.FirstOrDefault(file => !wanted.Contains(file.Key));
        if (unknown.Value is not null)
        {
            throw new TemplateException(
                unknown.Value,
                1,
                "no notification has this name; use KIND.AUDIENCE.LANGUAGE.md"
            );
        }
    }
}
