namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// Organisation code (组织机构代码), GB 11714-1997: a body of 8 characters 0-9 A-Z and a check character, which is a
/// digit or X. Today it lives on as characters 9 to 17 of the unified credit code.
/// </summary>
internal static class OrganisationCode
{
    private static ReadOnlySpan<int> Weights => [3, 7, 9, 10, 5, 8, 4, 2];

    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Weights[i] * (char.IsAsciiDigit(body[i]) ? body[i] - '0' : body[i] - 'A' + 10);
        }

        return "0123456789X0"[11 - (sum % 11)];
    }
}
