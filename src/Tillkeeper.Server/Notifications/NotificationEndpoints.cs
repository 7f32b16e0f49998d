using Dapper;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Notifications.Sending;
using Tillkeeper.Server.Notifications.Templates;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Notifications;

/// <summary><c>/api/v1/notifications</c>: what was told to whom, without what it said and where it went.</summary>
internal static class NotificationEndpoints
{
    /// <param name="Recipient">The same for the same number or address, and telling nothing of it.</param>
    /// <param name="Problem">Of the last attempt, while it is still tried.</param>
    internal sealed record NotificationView(
        string Id,
        string Kind,
        string Party,
        string Audience,
        string Channel,
        string About,
        string Recipient,
        string Status,
        DateTimeOffset QueuedAt,
        DateTimeOffset? SettledAt,
        string? Why,
        int Attempts,
        string? Problem
    );

    /// <summary>Filled by name: the engine tells no type for what is null in every row.</summary>
    internal sealed class Row
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Party { get; init; } = "";
        public string Audience { get; init; } = "";
        public string Channel { get; init; } = "";
        public string About { get; init; } = "";
        public string Recipient { get; init; } = "";
        public string Status { get; init; } = "";
        public long QueuedAt { get; init; }
        public long? SettledAt { get; init; }
        public string? Why { get; init; }
        public long Attempts { get; init; }
        public string? Problem { get; init; }
    }

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/notifications", List).Needs(Right.Look);
        app.MapChannels();
        app.MapParties();
    }

    public static IServiceCollection AddNotifications(
        this IServiceCollection services,
        ServerOptions options
    ) =>
        services
            .AddSingleton(options.Notifications)
            // Read at once: a text that is wrong is found at start, not at night.
            .AddSingleton(TemplateBook.Load(options.NotificationTemplates))
            .AddSingleton<PartyBook>()
            .AddSingleton<ChannelBook>()
            .AddSingleton<Outbox>()
            .AddSingleton<Notifier>()
            .AddSingleton<PartySetter>()
            .AddSingleton<SmtpCarrier>()
            .AddSingleton<HttpCarrier>()
            .AddSingleton<Carriers>()
            .AddSingleton<CodeSender>()
            .AddHostedService<LogFollower>()
            .AddHostedService<Courier>();

    private static IResult List(
        Person person,
        Paging page,
        Database database,
        string? about = null
    ) =>
        page.Refusal.Or(() =>
        {
            var subtree = Subtree.Of(person, page);
            var rows = database.Read(c =>
                c.Query<Row>(
                        """
                        SELECT n.id, n.kind, n.party, n.audience, n.channel, n.about, n.recipient, n.status,
                          n.queued_at AS queuedAt, n.settled_at AS settledAt, n.why,
                          coalesce(l.attempts, n.attempts) AS attempts, nullif(l.problem, '') AS problem
                        FROM notifications n LEFT JOIN notification_letters l ON l.id = n.id
                        WHERE n.place >= @From AND n.place < @To AND n.id > @After AND (@about IS NULL OR n.about = @about)
                        ORDER BY n.id LIMIT @Most
                        """,
                        new
                        {
                            subtree.From,
                            subtree.To,
                            subtree.After,
                            subtree.Most,
                            about,
                        }
                    )
                    .AsList()
            );
            return Results.Json(page.Cut([.. rows.Select(View)], n => n.Id));
        });

    private static NotificationView View(Row r) =>
        new(
            r.Id,
            r.Kind,
            r.Party,
            r.Audience,
            r.Channel,
            r.About,
            r.Recipient,
            r.Status,
            DateTimeOffset.FromUnixTimeMilliseconds(r.QueuedAt),
            r.SettledAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            r.Why,
            (int)r.Attempts,
            r.Problem
        );
}
