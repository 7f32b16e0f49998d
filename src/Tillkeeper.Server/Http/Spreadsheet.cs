namespace Tillkeeper.Server.Http;

/// <summary>Text on its way into a spreadsheet.</summary>
internal static class Spreadsheet
{
    /// <summary>Free text that a spreadsheet would calculate begins with an apostrophe: also after blanks, and in the full-width forms that some programs fold.</summary>
    public static string Plain(string? text) =>
        text?.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]
            ? $"'{text}"
            : text ?? "";
}
