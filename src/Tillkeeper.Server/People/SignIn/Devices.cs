using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>
/// Which accounts a browser has signed in to: a sealed cookie that proves it and opens nothing
/// (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
/// </summary>
internal sealed class Devices(IKeys keys)
{
    private const string Cookie = "__Host-tillkeeper-device";
    private const string Purpose = "device";
    private const int MostAccounts = 5;
    private const int Longest = 1024;

    /// <summary>The name of this browser's counter for the account; that of all strangers when it does not know it.</summary>
    public string CounterOf(HttpContext context, string account) =>
        Read(context).FirstOrDefault(known => known.Account == account).Device
        ?? Attempts.Strangers;

    /// <summary>From now on this browser is one that the account knows.</summary>
    /// <returns>True when it was not before.</returns>
    public bool Remember(HttpContext context, string account)
    {
        var known = Read(context);
        var isNew = !known.Any(k => k.Account == account);
        var device = isNew
            ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))
            : known.First(k => k.Account == account).Device;
        var kept = known
            .Where(k => k.Account != account)
            .TakeLast(MostAccounts - 1)
            .Append((Account: account, Device: device));
        var text = string.Join(';', kept.Select(k => $"{k.Account},{k.Device}"));
        context.Response.Cookies.Append(
            Cookie,
            Base64Url.EncodeToString(keys.Seal(Encoding.UTF8.GetBytes(text), Purpose)),
            new CookieOptions
            {
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
            }
        );
        return isNew;
    }

    private List<(string Account, string Device)> Read(HttpContext context)
    {
        var cookie = context.Request.Cookies[Cookie];
        if (cookie is null or { Length: > Longest } || !Base64Url.IsValid(cookie))
        {
            return [];
        }
        try
        {
            return
            [
                .. Encoding
                    .UTF8.GetString(keys.Open(Base64Url.DecodeFromChars(cookie), Purpose))
                    .Split(';')
                    .Select(pair => pair.Split(','))
                    .Select(pair => (pair[0], pair[1])),
            ];
        }
        catch (CryptographicException)
        {
            // Altered, or from another server.
            return [];
        }
    }
}
