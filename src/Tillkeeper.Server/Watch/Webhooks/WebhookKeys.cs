using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>Where a webhook goes and what signs it, sealed by the master key.</summary>
/// <param name="Old">The secret before, which signs beside the new one until <paramref name="OldUntil"/>.</param>
internal sealed record WebhookKeys(
    Uri Url,
    string Secret,
    string? Old = null,
    DateTimeOffset? OldUntil = null
)
{
    private const int SecretBytes = 32;

    /// <summary>Every secret that signs now, the new one first.</summary>
    public IEnumerable<string> At(DateTimeOffset now) =>
        Old is not null && now < OldUntil ? [Secret, Old] : [Secret];

    /// <summary>A secret as Standard Webhooks writes it: <c>whsec_</c> and base64.</summary>
    public static string NewSecret() =>
        StandardWebhooks.Prefix
        + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    public byte[] Seal(IKeys keys, string webhook) =>
        keys.Seal(
            JsonSerializer.SerializeToUtf8Bytes(this, WebhookJson.Default.WebhookKeys),
            Purpose(webhook)
        );

    public static WebhookKeys Open(IKeys keys, string webhook, byte[] box) =>
        JsonSerializer.Deserialize(
            keys.Open(box, Purpose(webhook)),
            WebhookJson.Default.WebhookKeys
        )!;

    public static WebhookKeys? Find(Views views, IKeys keys, string webhook) =>
        views.Scalar("SELECT sealed FROM webhook_secrets WHERE webhook = $1", webhook) is byte[] box
            ? Open(keys, webhook, box)
            : null;

    public static void Keep(Views views, string webhook, byte[] box) =>
        views.Write(
            "INSERT INTO webhook_secrets VALUES ($1, $2) ON CONFLICT (webhook) DO UPDATE SET sealed = excluded.sealed",
            webhook,
            box
        );

    /// <summary>Never the secrets.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Host = ").Append(Url.Host);
        return true;
    }

    private static string Purpose(string webhook) => $"webhook/{webhook}";
}
