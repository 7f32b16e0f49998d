using System.Text;

namespace Tillkeeper.Server.Cases;

/// <summary>Telephone numbers as people write them: mobile, landline with area code, extension left out.</summary>
internal static class PhoneNumber
{
    public const string Expected =
        "Give a telephone number of 5 to 15 digits, such as 138 0013 8000 or +86 10 6655 1234.";

    private const int Longest = 40;
    private const int FewestDigits = 5;

    // ITU-T E.164; it also keeps out card numbers of 16 digits and more.
    private const int MostDigits = 15;

    /// <summary>The number with ASCII digits, a leading plus kept, separators dropped; null when it is none.</summary>
    public static string? Normalise(string? typed)
    {
        if (typed is null or { Length: > Longest })
        {
            return null;
        }
        StringBuilder number = new(MostDigits + 1);
        foreach (var c in typed.Trim().Normalize(NormalizationForm.FormKC))
        {
            if (char.IsAsciiDigit(c) || (c == '+' && number.Length == 0))
            {
                number.Append(c);
            }
            else if (c is not (' ' or '-' or '(' or ')' or '.'))
            {
                return null;
            }
        }
        var digits = number.Length > 0 && number[0] == '+' ? number.Length - 1 : number.Length;
        return digits is >= FewestDigits and <= MostDigits ? number.ToString() : null;
    }

    /// <summary>Enough to recognise a number that one knows, too little to call: <c>138****8000</c>.</summary>
    public static string Mask(string number)
    {
        const int first = 3;
        const int last = 4;
        return number.Length >= 11
            ? $"{number[..first]}{new string('*', number.Length - first - last)}{number[^last..]}"
            : $"{new string('*', number.Length - 2)}{number[^2..]}";
    }
}
