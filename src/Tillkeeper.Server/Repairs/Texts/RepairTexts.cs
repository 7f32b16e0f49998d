using System.Globalization;
using System.Resources;
using Tillkeeper.Core.Repairs.Diagnosis;

namespace Tillkeeper.Server.Repairs.Texts;

/// <summary>What the program itself says in a diagnosis, in English and Chinese; the rest stands in the trees' files.</summary>
internal static class RepairTexts
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Server.Repairs.Texts.RepairTexts",
        typeof(RepairTexts).Assembly
    );

    public static string Of(string name, CultureInfo culture) =>
        Resources.GetString(name, CultureInfo.GetCultureInfo(IsChinese(culture) ? "zh-Hans" : "en"))
        ?? throw new InvalidOperationException($"There is no text '{name}'.");

    public static string Of(Told text, CultureInfo culture) =>
        IsChinese(culture) ? text.Zh : text.En;

    private static bool IsChinese(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh";
}
