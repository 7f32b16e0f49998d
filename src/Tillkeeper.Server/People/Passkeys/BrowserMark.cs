using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Server.People.Passkeys;

/// <summary>Which browser began a ceremony: a random cookie that no other site can plant or send, so that the answer comes from where the question went.</summary>
internal static class BrowserMark
{
    private const string Cookie = "__Host-tillkeeper-passkey";
    private const int Length = 43;

    /// <summary>The mark of this browser, given now if it has none.</summary>
    public static string Give(HttpContext context)
    {
        if (Of(context) is { } known)
        {
            return known;
        }
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        context.Response.Cookies.Append(
            Cookie,
            secret,
            new CookieOptions
            {
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                IsEssential = true,
            }
        );
        return HashOf(secret);
    }

    /// <summary>Null when it has none.</summary>
    public static string? Of(HttpContext context) =>
        context.Request.Cookies[Cookie] is { Length: Length } secret ? HashOf(secret) : null;

    private static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
