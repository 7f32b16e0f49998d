using System.Globalization;
using System.Resources;

namespace Tillkeeper.Server.Bindings.Texts;

/// <summary>What comes next in a replacement or a relocation, in English and Chinese.</summary>
internal static class BindingTexts
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Server.Bindings.Texts.BindingTexts",
        typeof(BindingTexts).Assembly
    );

    public static string Of(string name, CultureInfo culture) =>
        Resources.GetString(
            name,
            CultureInfo.GetCultureInfo(culture.TwoLetterISOLanguageName == "zh" ? "zh-Hans" : "en")
        ) ?? throw new InvalidOperationException($"There is no text '{name}'.");
}
