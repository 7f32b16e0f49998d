using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>Signs as Standard Webhooks 1.0 says: HMAC-SHA256 over <c>id.timestamp.body</c>, one signature for each secret in force.</summary>
internal static class StandardWebhooks
{
    public const string Prefix = "whsec_";

    public static void Sign(
        HttpRequestMessage request,
        string id,
        DateTimeOffset now,
        ReadOnlySpan<byte> body,
        IEnumerable<string> secrets
    )
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add(
            "webhook-signature",
            string.Join(' ', secrets.Select(secret => Signature(secret, signed)))
        );
    }

    private static string Signature(string secret, byte[] signed) =>
        "v1,"
        + Convert.ToBase64String(
            HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed)
        );
}
