using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>What a browser carries between two steps, sealed: good for one purpose and a few minutes, on any replica.</summary>
internal static class Ticket
{
    /// <summary>The password was right, the code is still to come.</summary>
    public const string Half = "sign-in";

    /// <summary>The secret of a phone that is being set up.</summary>
    public const string Phone = "totp-setup";
    private const int Longest = 1024;

    public static string Of(IKeys keys, string purpose, string content, DateTimeOffset until) =>
        Base64Url.EncodeToString(
            keys.Seal(
                Encoding.UTF8.GetBytes($"{until.ToUnixTimeMilliseconds()} {content}"),
                $"ticket/{purpose}"
            )
        );

    /// <summary>What it holds; null when it is not from here, not for this, or too old.</summary>
    public static string? Read(IKeys keys, string purpose, string? text, DateTimeOffset now)
    {
        if (text is null or { Length: > Longest } || !Base64Url.IsValid(text))
        {
            return null;
        }
        try
        {
            var plain = Encoding.UTF8.GetString(
                keys.Open(Base64Url.DecodeFromChars(text), $"ticket/{purpose}")
            );
            var blank = plain.IndexOf(' ', StringComparison.Ordinal);
            var until = long.Parse(
                plain.AsSpan(0, blank),
                System.Globalization.CultureInfo.InvariantCulture
            );
            return now.ToUnixTimeMilliseconds() < until ? plain[(blank + 1)..] : null;
        }
        catch (CryptographicException)
        {
            // Altered, or sealed elsewhere.
            return null;
        }
    }
}
