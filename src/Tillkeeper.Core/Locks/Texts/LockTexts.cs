using System.Globalization;
using System.Resources;

namespace Tillkeeper.Core.Locks.Texts;

/// <summary>
/// The sentences of <c>LockTexts*.resx</c> in one language. Keys are <c>cause.part</c> or <c>part.word</c>, with the words of the
/// contract; a part that needs no sentence of its own for a cause has no key.
/// </summary>
internal sealed class LockTexts
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Core.Locks.Texts.LockTexts",
        typeof(LockTexts).Assembly
    );

    private static readonly LockTexts English = new(CultureInfo.GetCultureInfo("en"));
    private static readonly LockTexts Chinese = new(CultureInfo.GetCultureInfo("zh-Hans"));

    private LockTexts(CultureInfo culture) => Culture = culture;

    public CultureInfo Culture { get; }

    /// <summary>Chinese for every culture of that language, English for all others.</summary>
    public static LockTexts In(CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "zh" ? Chinese : English;

    /// <summary>The sentence of a key that must exist.</summary>
    public string this[string key] =>
        Find(key) ?? throw new MissingManifestResourceException($"No text is known for {key}.");

    public string? Find(string key) => Resources.GetString(key, Culture);

    public string Format(string key, params ReadOnlySpan<object?> values) =>
        string.Format(Culture, this[key], values);

    /// <summary>Sentences one after the other; Chinese leaves no blank between them. Empty ones are left out.</summary>
    public string Sentences(params IEnumerable<string?> sentences) =>
        string.Join(
            ReferenceEquals(this, Chinese) ? "" : " ",
            sentences.Where(s => !string.IsNullOrEmpty(s))
        );
}
