using System.Globalization;
using System.Resources;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Banks.Texts;

/// <summary>What the owner reads in the bank's app before saying yes, in each language: <c>BankTexts*.resx</c>.</summary>
internal static class BankTexts
{
    private static readonly string[] Languages = ["en", "zh-Hans"];

    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Server.Banks.Texts.BankTexts",
        typeof(BankTexts).Assembly
    );

    /// <param name="codes">The short codes of the locks, as the terminal's screen shows them.</param>
    public static IReadOnlyDictionary<string, string> Confirmation(
        OwnerAction action,
        string serial,
        string shop,
        IReadOnlyList<string> codes
    ) =>
        Languages.ToDictionary(
            language => language,
            language =>
            {
                var culture = CultureInfo.GetCultureInfo(language);
                var text = Resources.GetString($"confirm.{Words.Of(action)}", culture)!;
                return string.Format(culture, text, serial, shop, string.Join(' ', codes));
            },
            StringComparer.Ordinal
        );
}
