using System.Globalization;
using System.Resources;

namespace Tillkeeper.Server.Console.Texts;

/// <summary>What the pages say: <c>Phrases.resx</c> and <c>Phrases.zh-Hans.resx</c>. A key that is missing is a bug, and throws.</summary>
internal sealed record Phrases(CultureInfo Culture)
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Server.Console.Texts.Phrases",
        typeof(Phrases).Assembly
    );

    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    public static CultureInfo Chinese { get; } = CultureInfo.GetCultureInfo("zh-Hans");

    /// <summary>Those of the page that is being made.</summary>
    public static Phrases Current => new(CultureInfo.CurrentUICulture);

    public bool IsChinese => Culture.TwoLetterISOLanguageName == "zh";

    /// <summary>The word for the attribute <c>lang</c>.</summary>
    public string Tag => IsChinese ? "zh-Hans" : "en";

    public string this[string key] =>
        Resources.GetString(key, Culture)
        ?? throw new MissingManifestResourceException($"No phrase is called {key}.");

    /// <summary>With its places filled in, by the language's way of writing numbers and times.</summary>
    public string this[string key, params ReadOnlySpan<object?> facts] =>
        string.Format(Culture, this[key], facts);
}
