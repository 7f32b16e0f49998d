using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Notifications.Sending;
using Tillkeeper.Server.Notifications.Templates;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Watch;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Notifications.Channels;

/// <summary><c>/api/v1/notifications/channels</c>: the provider's mail server and gateways.</summary>
internal static class ChannelEndpoints
{
    private const int Most = 20;
    private const int LongestName = 40;
    private const int LongestAddress = 254;

    internal static readonly Refusal NotProvider = Refusal.Forbidden(
        "This serves every shop: only the provider's own people see and set it."
    );

    /// <param name="Host">Where it goes; the rest is sealed and shown to nobody.</param>
    /// <param name="To">What it needs to know of a recipient.</param>
    internal sealed record ChannelView(
        string Name,
        string Type,
        string To,
        string Host,
        IReadOnlyList<string> Audiences,
        DateTimeOffset SetAt,
        int Waiting
    );

    /// <param name="To">A phone number or an address; left out where the channel is a group's.</param>
    internal sealed record TestBody(string? To, string? Language);

    public static void MapChannels(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/notifications/channels", List).Needs(Right.ManageWebhooks);
        app.MapPut("/api/v1/notifications/channels/{name}", Set).Needs(Right.ManageWebhooks);
        app.MapDelete("/api/v1/notifications/channels/{name}", Delete).Needs(Right.ManageWebhooks);
        app.MapPost("/api/v1/notifications/channels/{name}/test", Test).Needs(Right.ManageWebhooks);
    }

    private static IResult List(Person person, Database database) =>
        Provider(person)
            .Or(() =>
            {
                var rows = database.Read(c =>
                    c.Query<(
                        string Name,
                        string Type,
                        string To,
                        string Host,
                        string Audiences,
                        long At,
                        long Waiting
                    )>(
                            "SELECT name, type, reach, host, audiences, set_at, (SELECT count(*) FROM notification_letters l WHERE l.channel = name) FROM notification_channels ORDER BY name"
                        )
                        .AsList()
                );
                return Results.Json(
                    new Page<ChannelView>(
                        [
                            .. rows.Select(r => new ChannelView(
                                r.Name,
                                r.Type,
                                r.To,
                                r.Host,
                                r.Audiences.Split(' '),
                                DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                                (int)r.Waiting
                            )),
                        ],
                        null
                    )
                );
            });

    private static async Task<IResult> Set(
        string name,
        ChannelBody body,
        Person person,
        Appender appender,
        IKeys keys,
        AddressGuard guard
    )
    {
        ChannelSettings settings = null!;
        var wrong = Provider(person) ?? CheckName(name) ?? body.Check(guard, out settings);
        if (wrong is not null)
        {
            return Problems.Of(wrong);
        }
        var box = settings.Seal(keys, name);
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (
                    !work.Load(ChannelStreams.Kind, name).Exists
                    && (long)work.Views.Scalar("SELECT count(*) FROM notification_channels")!
                        >= Most
                )
                {
                    return Refusal.Conflict(
                        "too_many_channels",
                        $"There are {Most} channels; delete one that is not needed."
                    );
                }
                var set = new ChannelSet(
                    name,
                    settings.Type,
                    settings.To,
                    settings.Host,
                    body.Hears
                );
                work.Append(ChannelStreams.Kind, name, name, [set]);
                work.Beside(v =>
                {
                    ChannelSettings.Keep(v, name, box);
                    LogFollower.Begin(v);
                });
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static async Task<IResult> Delete(string name, Person person, Appender appender)
    {
        if (Provider(person) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (!work.Load(ChannelStreams.Kind, name).Exists)
                {
                    return Refusal.NotFound("channel");
                }
                work.Append(ChannelStreams.Kind, name, name, [new ChannelDeleted()]);
                Alerts.Clear(work, Courier.AlertKey(name));
                work.Beside(v =>
                {
                    v.Write("DELETE FROM notification_channel_secrets WHERE name = $1", name);
                    // Without any channel nobody is told; what happens meanwhile is not told later either.
                    v.Write(
                        "DELETE FROM notification_cursors WHERE NOT EXISTS (SELECT 1 FROM notification_channels)"
                    );
                });
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    private static async Task<IResult> Test(
        string name,
        TestBody body,
        Person person,
        ChannelBook channels,
        Carriers carriers,
        TemplateBook templates,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        if (Provider(person) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        if (channels.Find(name) is not { } settings)
        {
            return Problems.Of(Refusal.NotFound("channel"));
        }
        var language = body.Language ?? TemplateBook.Languages[0];
        if (!TemplateBook.Languages.Contains(language))
        {
            return Problems.Of(
                Refusal.Invalid(
                    "language",
                    $"Use one of: {string.Join(", ", TemplateBook.Languages)}."
                )
            );
        }
        if (
            settings.To != AddressKind.None
            && (
                body.To is not { Length: > 0 and <= LongestAddress }
                || (settings.To == AddressKind.Email && !MailAddresses.IsOne(body.To))
            )
        )
        {
            return Problems.Of(
                Refusal.Invalid("to", $"Give the {Words.Of(settings.To)} to send to.")
            );
        }
        var text = templates.Render(
            NotificationKind.Test,
            Audience.Helpdesk,
            language,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["time"] = UtcTimeJson.Write(time.GetUtcNow()),
            }
        );
        var failure = await carriers.Send(
            settings,
            new Message(Ids.New(), body.To ?? "", text.Title, text.Text),
            cancel
        );
        return failure is null
            ? Results.Json(new { sent = true })
            : Problems.Of(
                Refusal.Conflict("not_sent", $"The channel did not take it: {failure.Problem}.")
            );
    }

    private static Refusal? Provider(Person person) => person.IsProvider ? null : NotProvider;

    private static Refusal? CheckName(string name) =>
        name is { Length: > 0 and <= LongestName }
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? null
            : Refusal.Invalid("name", $"Use 1 to {LongestName} of a-z, 0-9 and -.");
}
