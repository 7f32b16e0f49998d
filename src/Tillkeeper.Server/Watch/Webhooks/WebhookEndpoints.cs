using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary><c>/api/v1/webhooks</c>: who is told of what happens, where.</summary>
internal static class WebhookEndpoints
{
    private const int Most = 100;
    private const int LongestUrl = 2000;
    private static readonly TimeSpan OldSigns = TimeSpan.FromHours(24);

    internal sealed record CreateBody(string? Url, IReadOnlyList<string>? Events, string? Place);

    /// <param name="Url">Where it goes.</param>
    /// <param name="Waiting">Letters that are not delivered yet.</param>
    /// <param name="Dead">Letters that were given up.</param>
    internal sealed record WebhookView(
        string Id,
        string Url,
        IReadOnlyList<string> Events,
        string Place,
        DateTimeOffset CreatedAt,
        int Waiting,
        int Dead
    );

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/webhooks", Create).Needs(Right.ManageWebhooks).ShowsOnce("secret");
        app.MapGet("/api/v1/webhooks", List).Needs(Right.ManageWebhooks);
        app.MapDelete("/api/v1/webhooks/{id}", Delete).Needs(Right.ManageWebhooks);
        app.MapPost("/api/v1/webhooks/{id}/secret", Rotate)
            .Needs(Right.ManageWebhooks)
            .ShowsOnce("secret");
        app.MapDeadLetters();
    }

    private static async Task<IResult> Create(
        CreateBody body,
        Person person,
        Appender appender,
        IKeys keys,
        AddressGuard guard
    )
    {
        var (id, secret) = (Ids.New(), WebhookKeys.NewSecret());
        var wrong = Checked(body, guard, out var url);
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Places.Of(work.Views, body.Place, person) is not { } place)
                {
                    return Refusal.NotFound("place");
                }
                if ((long)work.Views.Scalar("SELECT count(*) FROM webhooks")! >= Most)
                {
                    return Refusal.Conflict(
                        "too_many_webhooks",
                        $"There are {Most} webhooks; delete one that is not needed."
                    );
                }
                if (wrong is not null)
                {
                    return wrong;
                }
                var created = new WebhookCreated(
                    id,
                    url!.Host,
                    [.. body.Events!.Distinct(StringComparer.Ordinal)],
                    place
                );
                work.Append(WebhookStreams.Kind, id, id, [created]);
                var box = new WebhookKeys(url, secret).Seal(keys, id);
                work.Beside(v =>
                {
                    WebhookKeys.Keep(v, id, box);
                    Begin(v, id);
                });
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id, secret }, statusCode: 201));
    }

    /// <summary>It hears what happens from now on.</summary>
    private static void Begin(Views views, string id)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            views.Write(
                "INSERT INTO webhook_cursors VALUES ($1, $2, coalesce((SELECT last_seq FROM shards WHERE shard = $2), 0))",
                id,
                shard
            );
        }
    }

    private static Refusal? Checked(CreateBody body, AddressGuard guard, out Uri? url)
    {
        url = null;
        if (
            body.Url is not { Length: > 0 and <= LongestUrl }
            || !Uri.TryCreate(body.Url, UriKind.Absolute, out url)
        )
        {
            return Refusal.Invalid(
                "url",
                "Give the whole address, such as https://example.com/hook."
            );
        }
        if (guard.Problem(url) is { } problem)
        {
            return Refusal.Invalid("url", problem);
        }
        if (body.Events is not { Count: > 0 } events || events.Count > Notices.Types.Count)
        {
            return Refusal.Invalid(
                "events",
                $"Name at least one of: {string.Join(", ", Notices.Types)}."
            );
        }
        var unknown = events.FirstOrDefault(e =>
            e is null || !Notices.Types.Any(type => Notice.Matches([e], type))
        );
        return events.Contains(null!) || unknown is not null
            ? Refusal.Invalid(
                "events",
                $"'{unknown}' is none of: {string.Join(", ", Notices.Types)}; lock.* stands for all about locks, * for everything."
            )
            : null;
    }

    private static IResult List(
        Person person,
        Paging page,
        Database database,
        Letters letters,
        IKeys keys
    ) =>
        page.Refusal.Or(() =>
        {
            var rows = database.Read(c =>
                c.Query<(string Id, string Place, string Events, long At, byte[] Box)>(
                        "SELECT w.id, w.place, w.events, w.created_at, s.sealed FROM webhooks w JOIN webhook_secrets s ON s.webhook = w.id WHERE w.place >= @From AND w.place < @To AND w.id > @After ORDER BY w.id LIMIT @Most",
                        Subtree.Of(person, page)
                    )
                    .AsList()
            );
            return Results.Json(
                page.Cut(
                    [
                        .. rows.Select(r =>
                        {
                            var (waiting, dead) = letters.Count(r.Id);
                            return new WebhookView(
                                r.Id,
                                WebhookKeys.Open(keys, r.Id, r.Box).Url.ToString(),
                                r.Events.Split(' '),
                                r.Place,
                                DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                                waiting,
                                dead
                            );
                        }),
                    ],
                    w => w.Id
                )
            );
        });

    private static async Task<IResult> Rotate(
        string id,
        Person person,
        Appender appender,
        IKeys keys
    )
    {
        var secret = WebhookKeys.NewSecret();
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (
                    Find(work, id, person) is null
                    || WebhookKeys.Find(work.Views, keys, id) is not { } known
                )
                {
                    return Refusal.NotFound("webhook");
                }
                var until = work.Now + OldSigns;
                var box = new WebhookKeys(known.Url, secret, known.Secret, until).Seal(keys, id);
                work.Append(WebhookStreams.Kind, id, id, [new SecretRotated(until)]);
                work.Beside(v => WebhookKeys.Keep(v, id, box));
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id, secret }));
    }

    private static async Task<IResult> Delete(string id, Person person, Appender appender)
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Find(work, id, person) is null)
                {
                    return Refusal.NotFound("webhook");
                }
                work.Append(WebhookStreams.Kind, id, id, [new WebhookDeleted()]);
                Alerts.Clear(work, Postman.AlertKey(id));
                work.Beside(v =>
                {
                    v.Write("DELETE FROM webhook_secrets WHERE webhook = $1", id);
                    v.Write("DELETE FROM webhook_cursors WHERE webhook = $1", id);
                    v.Write("DELETE FROM webhook_letters WHERE webhook = $1", id);
                });
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }

    /// <summary>A webhook that is there and theirs.</summary>
    internal static WebhookState? Find(Work work, string id, Person person) =>
        work.Load(WebhookStreams.Kind, id) is { Id.Length: > 0, Deleted: false } known
        && person.Sees(known.Place)
            ? known
            : null;
}
