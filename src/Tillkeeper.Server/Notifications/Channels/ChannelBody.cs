using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Notifications.Channels;

/// <summary>The body of <c>PUT /api/v1/notifications/channels/{name}</c>: everything, secrets too, each time.</summary>
/// <param name="To">For <c>http</c>: <c>phone</c> (the default), <c>email</c> or <c>none</c>.</param>
/// <param name="ExpectField">For <c>http</c>: see <see cref="HttpSettings"/>.</param>
internal sealed record ChannelBody(
    string? Type,
    IReadOnlyList<string>? Audiences,
    string? Host = null,
    int? Port = null,
    string? Security = null,
    string? From = null,
    string? User = null,
    string? Password = null,
    string? Url = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    string? ContentType = null,
    string? Body = null,
    string? To = null,
    string? ExpectField = null,
    string? ExpectValue = null
)
{
    private const int Longest = 300;
    private const int LongestUrl = 2000;
    private const int LongestBody = 4000;
    private const int MostHeaders = 10;

    private const string WecomText =
        """{"msgtype":"text","text":{"content":"{{title}}\n{{text}}"}}""";

    public IReadOnlyList<Audience> Hears =>
        [.. Audiences!.Select(a => Words.TryParse<Audience>(a, out var word) ? word : default)];

    /// <summary>What it asks for, or what is wrong with it.</summary>
    public Refusal? Check(AddressGuard guard, out ChannelSettings settings)
    {
        settings = null!;
        if (!Words.TryParse<ChannelType>(Type, out var type))
        {
            return Refusal.Invalid("type", $"Use one of: {Words.All<ChannelType>()}.");
        }
        if (
            Audiences is not { Count: > 0 }
            || Audiences.Any(a => !Words.TryParse<Audience>(a, out _))
            || Audiences.Distinct(StringComparer.Ordinal).Count() != Audiences.Count
        )
        {
            return Refusal.Invalid("audiences", $"Name each once, of: {Words.All<Audience>()}.");
        }
        var wrong = type switch
        {
            ChannelType.Smtp => CheckMail(guard, out settings),
            ChannelType.Http => CheckHttp(guard, out settings),
            _ => CheckWecom(guard, out settings),
        };
        return wrong
            ?? (
                settings.To == AddressKind.None && Hears.Any(a => a != Audience.Helpdesk)
                    ? Refusal.Invalid(
                        "audiences",
                        "What goes to a group is for the helpdesk only: one shop must not read of another."
                    )
                    : null
            );
    }

    private Refusal? CheckMail(AddressGuard guard, out ChannelSettings settings)
    {
        settings = null!;
        if (!Words.TryParse<MailSecurity>(Security ?? "tls", out var security))
        {
            return Refusal.Invalid("security", $"Use one of: {Words.All<MailSecurity>()}.");
        }
        if (
            Host is not { Length: > 0 and <= Longest }
            || Uri.CheckHostName(Host) == UriHostNameType.Unknown
        )
        {
            return Refusal.Invalid("host", "Give the name of the mail server.");
        }
        // A mail server obeys the same rule as a webhook: in the clear only to the machine itself.
        var scheme = security == MailSecurity.None ? "http" : "https";
        if (
            Uri.TryCreate($"{scheme}://{Host}", UriKind.Absolute, out var address)
            && guard.Problem(address) is { } problem
        )
        {
            return Refusal.Invalid(
                "host",
                security == MailSecurity.None ? "Use security tls or starttls." : problem
            );
        }
        var port = Port ?? (security == MailSecurity.Tls ? 465 : 587);
        if (port is < 1 or > 65535)
        {
            return Refusal.Invalid("port", "A port is 1 to 65535.");
        }
        if (From is not { Length: <= Longest } || !MailAddresses.IsOne(From))
        {
            return Refusal.Invalid("from", "Give the address that letters come from.");
        }
        if (
            User?.Length > Longest
            || Password?.Length > Longest
            || (User is null) != (Password is null)
        )
        {
            return Refusal.Invalid("user", "Give user and password, or neither.");
        }
        settings = new ChannelSettings(
            ChannelType.Smtp,
            AddressKind.Email,
            new SmtpSettings(Host, port, security, From, User, Password)
        );
        return null;
    }

    private Refusal? CheckHttp(AddressGuard guard, out ChannelSettings settings)
    {
        settings = null!;
        if (CheckUrl(guard, out var url) is { } wrong)
        {
            return wrong;
        }
        if (!Words.TryParse<AddressKind>(To ?? "phone", out var to))
        {
            return Refusal.Invalid("to", $"Use one of: {Words.All<AddressKind>()}.");
        }
        var contentType = ContentType ?? HttpBody.Json;
        if (!HttpBody.Types.Contains(contentType))
        {
            return Refusal.Invalid(
                "contentType",
                $"Use one of: {string.Join(", ", HttpBody.Types)}."
            );
        }
        if (
            Body is not { Length: > 0 and <= LongestBody }
            || HttpBody.Problem(Body, contentType) is not null
        )
        {
            return Refusal.Invalid(
                "body",
                HttpBody.Problem(Body ?? "", contentType)
                    ?? $"Give what is sent, at most {LongestBody} characters, with {{{{text}}}} in it."
            );
        }
        var headers = Headers ?? new Dictionary<string, string>(StringComparer.Ordinal);
        if (headers.Count > MostHeaders || headers.Any(h => !HttpBody.IsHeader(h.Key, h.Value)))
        {
            return Refusal.Invalid("headers", $"At most {MostHeaders}, of plain characters.");
        }
        if (
            ExpectField?.Length > Longest
            || ExpectValue?.Length > Longest
            || (ExpectField is null) != (ExpectValue is null)
        )
        {
            return Refusal.Invalid("expectField", "Give expectField and expectValue, or neither.");
        }
        settings = new ChannelSettings(
            ChannelType.Http,
            to,
            Http: new HttpSettings(url, headers, contentType, Body, ExpectField, ExpectValue)
        );
        return null;
    }

    private Refusal? CheckWecom(AddressGuard guard, out ChannelSettings settings)
    {
        settings = null!;
        if (CheckUrl(guard, out var url) is { } wrong)
        {
            return wrong;
        }
        // It answers 200 whatever happened; errcode tells.
        settings = new ChannelSettings(
            ChannelType.Wecom,
            AddressKind.None,
            Http: new HttpSettings(
                url,
                new Dictionary<string, string>(StringComparer.Ordinal),
                HttpBody.Json,
                WecomText,
                "errcode",
                "0"
            )
        );
        return null;
    }

    private Refusal? CheckUrl(AddressGuard guard, out Uri url)
    {
        url = null!;
        if (
            Url is not { Length: > 0 and <= LongestUrl }
            || !Uri.TryCreate(Url, UriKind.Absolute, out url!)
        )
        {
            return Refusal.Invalid(
                "url",
                "Give the whole address, such as https://example.com/send."
            );
        }
        return guard.Problem(url) is { } problem ? Refusal.Invalid("url", problem) : null;
    }
}
