using System.Globalization;
using System.Resources;

namespace Tillkeeper.Server.Cases.Texts;

/// <summary>What the program itself says of a case, in English and Chinese.</summary>
internal static class CaseTexts
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Server.Cases.Texts.CaseTexts",
        typeof(CaseTexts).Assembly
    );

    public static string Of(string name, CultureInfo culture) =>
        Find(name, culture) ?? throw new InvalidOperationException($"There is no text '{name}'.");

    public static string Of(string name, CultureInfo culture, params ReadOnlySpan<object?> facts) =>
        string.Format(culture, Of(name, culture), facts);

    /// <summary>A word of the API, e.g. <c>password_reset</c>; one that nobody knows is told as it is.</summary>
    public static string Word(string word, CultureInfo culture) =>
        Find($"word.{word}", culture) ?? word;

    /// <summary>Several of them, with commas.</summary>
    public static string List(IEnumerable<string> words, CultureInfo culture) =>
        string.Join(Of("word.list", culture), words.Select(w => Word(w, culture)));

    private static string? Find(string name, CultureInfo culture) =>
        Resources.GetString(
            name,
            CultureInfo.GetCultureInfo(culture.TwoLetterISOLanguageName == "zh" ? "zh-Hans" : "en")
        );
}
