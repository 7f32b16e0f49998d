namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// Serial number of a terminal: 4 to 64 characters of A-Z, 0-9 and - _ . / that begin with a letter or digit. Makers
/// follow no standard; this is what their labels and barcodes hold.
/// </summary>
public static class SerialNumber
{
    public const int MinLength = 4;
    public const int MaxLength = 64;

    /// <summary>
    /// Trims, folds full-width to half-width and upper-cases; nothing inside is dropped, for a serial with something
    /// left out is another serial. <paramref name="problem"/> is empty on success, the serial empty on failure.
    /// </summary>
    public static bool TryNormalise(string? text, out string normalised, out string problem)
    {
        var serial = IdentifierText.Trim(text);
        problem = Problem(serial);
        normalised = problem.Length == 0 ? serial : "";
        return problem.Length == 0;
    }

    private static string Problem(string serial)
    {
        if (serial.Length == 0)
        {
            return "The serial number is missing. Copy it from the label on the back of the terminal.";
        }

        if (serial.Length is < MinLength or > MaxLength)
        {
            return $"A serial number has {MinLength} to {MaxLength} characters, this has {serial.Length}. Copy it again from the label.";
        }

        for (var i = 0; i < serial.Length; i++)
        {
            if (!IsAllowed(serial[i]))
            {
                var what = IdentifierText.IsBlank(serial[i])
                    ? "is blank or invisible"
                    : "is not allowed";
                return $"Character {i + 1} {what}. Use only letters A to Z, digits and - _ . / as on the label.";
            }
        }

        return char.IsAsciiLetterOrDigit(serial[0])
            ? ""
            : "A serial number begins with a letter or a digit. Copy it again from the label.";
    }

    private static bool IsAllowed(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/';
}
