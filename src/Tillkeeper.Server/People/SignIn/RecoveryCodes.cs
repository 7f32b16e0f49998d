using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>Ten codes for the day on which the phone is lost: 70 bits each, shown once, good once, only their SHA-256 kept.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Letters = 14;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static IReadOnlyList<string> New() =>
        [
            .. Enumerable
                .Range(0, Count)
                .Select(_ => RandomNumberGenerator.GetString(Alphabet, Letters))
                .Select(code => $"{code[..7]}-{code[7..]}"),
        ];

    public static string Hash(string code)
    {
        var plain = new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(plain)));
    }

    /// <summary>Which of these it is; -1 when none.</summary>
    public static int Find(IReadOnlyList<string> hashes, string code)
    {
        var given = Encoding.ASCII.GetBytes(Hash(code));
        var found = -1;
        for (var i = 0; i < hashes.Count; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(hashes[i])))
            {
                found = i;
            }
        }
        return found;
    }

    /// <summary>Whether it can be one at all, and not the six digits of a phone.</summary>
    public static bool LooksLikeOne(string code) => code.Length is >= Letters and <= Letters + 6;
}
