using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Tillkeeper.Server.Console.Texts;

/// <summary>
/// What the pages say. A phrase is called <c>folder.name</c> and stands beside the pages that say it: <c>fleet.title</c> in
/// <c>Console/Fleet/Phrases.resx</c> and <c>Phrases.zh-Hans.resx</c>. A key that is missing is a bug, and throws.
/// </summary>
internal sealed record Phrases(CultureInfo Culture)
{
    private static readonly ConcurrentDictionary<string, ResourceManager> Rooms = new(
        StringComparer.Ordinal
    );

    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    public static CultureInfo Chinese { get; } = CultureInfo.GetCultureInfo("zh-Hans");

    /// <summary>Those of the page that is being made.</summary>
    public static Phrases Current => new(CultureInfo.CurrentUICulture);

    public bool IsChinese => Culture.TwoLetterISOLanguageName == "zh";

    /// <summary>The word for the attribute <c>lang</c>.</summary>
    public string Tag => IsChinese ? "zh-Hans" : "en";

    public string this[string key] =>
        Find(key) ?? throw new MissingManifestResourceException($"No phrase is called {key}.");

    /// <summary>With its places filled in, by the language's way of writing numbers and times.</summary>
    public string this[string key, params ReadOnlySpan<object?> facts] =>
        string.Format(Culture, this[key], facts);

    /// <summary>The phrase, or null when there is none: for words that come from outside.</summary>
    public string? Find(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot < 1 ? null : RoomOf(key[..dot]).GetString(key, Culture);
    }

    /// <summary>A word of the API in the reader's language, e.g. <c>words.cause.hardware_fault</c>.</summary>
    public string Word<T>(T value)
        where T : struct, Enum =>
        Word(SnakeCase(typeof(T).Name), Core.Serialization.Words.Of(value));

    /// <summary>The same for a word that is text already; one that nobody knows is shown as it came.</summary>
    public string Word(string kind, string? word) =>
        word is null ? "" : Find($"words.{kind}.{word}") ?? word;

    private static ResourceManager RoomOf(string room) =>
        Rooms.GetOrAdd(
            room,
            name => new ResourceManager(
                $"Tillkeeper.Server.Console.{char.ToUpperInvariant(name[0])}{name[1..]}.Phrases",
                typeof(Phrases).Assembly
            )
        );

    private static string SnakeCase(string name) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
