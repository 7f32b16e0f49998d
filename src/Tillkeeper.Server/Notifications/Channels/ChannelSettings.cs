using System.Text;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Notifications.Channels;

/// <summary>How a channel carries what it is given.</summary>
[JsonConverter(typeof(SnakeCaseEnum<ChannelType>))]
internal enum ChannelType
{
    /// <summary>E-mail.</summary>
    Smtp,

    /// <summary>A gateway that takes requests in its own shape: short messages, WeChat.</summary>
    Http,

    /// <summary>A robot in a group of WeCom (企业微信).</summary>
    Wecom,
}

/// <summary>What a channel sends to.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AddressKind>))]
internal enum AddressKind
{
    Phone,
    Email,

    /// <summary>The channel itself knows who hears it, as a group does.</summary>
    None,
}

/// <summary>How the way to a mail server is protected.</summary>
[JsonConverter(typeof(SnakeCaseEnum<MailSecurity>))]
internal enum MailSecurity
{
    /// <summary>TLS from the first byte, port 465 as a rule.</summary>
    Tls,

    /// <summary>Plain at first, then TLS or nothing (RFC 3207), port 587 as a rule.</summary>
    Starttls,

    /// <summary>Only to the machine itself.</summary>
    None,
}

internal sealed record SmtpSettings(
    string Host,
    int Port,
    MailSecurity Security,
    string From,
    string? User,
    string? Password
);

/// <param name="Body">With <c>{{to}}</c>, <c>{{title}}</c>, <c>{{text}}</c>, <c>{{id}}</c>, each escaped for the content type.</param>
/// <param name="ExpectField">A top-level field of the JSON answer that must have <paramref name="ExpectValue"/>; null: the status decides.</param>
internal sealed record HttpSettings(
    Uri Url,
    IReadOnlyDictionary<string, string> Headers,
    string ContentType,
    string Body,
    string? ExpectField,
    string? ExpectValue
);

/// <summary>How a channel is reached, secrets included: sealed by the master key, shown to nobody.</summary>
internal sealed record ChannelSettings(
    ChannelType Type,
    AddressKind To,
    SmtpSettings? Smtp = null,
    HttpSettings? Http = null
)
{
    public string Host => Smtp?.Host ?? Http!.Url.Host;

    public byte[] Seal(IKeys keys, string channel) =>
        keys.Seal(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                this,
                ChannelJson.Default.ChannelSettings
            ),
            Purpose(channel)
        );

    public static ChannelSettings Open(IKeys keys, string channel, byte[] box) =>
        System.Text.Json.JsonSerializer.Deserialize(
            keys.Open(box, Purpose(channel)),
            ChannelJson.Default.ChannelSettings
        )!;

    public static void Keep(Views views, string channel, byte[] box) =>
        views.Write(
            "INSERT INTO notification_channel_secrets VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
            channel,
            box
        );

    /// <summary>Never what lies behind the host.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Type = ").Append(Type).Append(", Host = ").Append(Host);
        return true;
    }

    private static string Purpose(string channel) => $"notification-channel/{channel}";
}
