using System.Globalization;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>Letters that were given up: looked at, and sent again.</summary>
internal static class DeadLetterEndpoints
{
    private const int MostNamed = 1000;

    /// <param name="Letters">Their ids; all of them when left out.</param>
    internal sealed record RedeliverBody(IReadOnlyList<string>? Letters);

    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/webhooks/{id}/dead-letters", List).Needs(Right.ManageWebhooks);
        app.MapPost("/api/v1/webhooks/{id}/redeliver", Redeliver).Needs(Right.ManageWebhooks);
    }

    private static IResult List(
        string id,
        Person person,
        Paging page,
        States states,
        Letters letters
    )
    {
        if (
            states.Find(WebhookStreams.Kind, id) is not { Deleted: false } known
            || !person.Sees(known.Place)
        )
        {
            return Problems.Of(Refusal.NotFound("webhook"));
        }
        var after = Number(page.After) ?? 0;
        return page.Refusal.Or(() =>
            Results.Json(page.Cut(letters.FindDead(id, after, page.Limit + 1), l => l.Id))
        );
    }

    private static async Task<IResult> Redeliver(
        string id,
        RedeliverBody body,
        Person person,
        Appender appender
    )
    {
        var named = body.Letters?.Select(Number).ToArray();
        var (letters, refusal) = await appender.Run<(int, Refusal?)>(
            person.Act,
            work =>
            {
                if (WebhookEndpoints.Find(work, id, person) is null)
                {
                    return (0, Refusal.NotFound("webhook"));
                }
                if (named is { Length: 0 or > MostNamed } || named?.Contains(null) == true)
                {
                    return (
                        0,
                        Refusal.Invalid(
                            "letters",
                            $"Name 1 to {MostNamed} dead letters, or leave it out for all."
                        )
                    );
                }
                var dead = work
                    .Views.Query(
                        "SELECT number FROM webhook_letters WHERE webhook = $1 AND dead_at IS NOT NULL",
                        r => r.GetInt64(0),
                        id
                    )
                    .Where(number => named is null || named.Contains(number))
                    .ToArray();
                if (dead.Length == 0)
                {
                    return (0, null);
                }
                work.Append(WebhookStreams.Kind, id, id, [new LettersRedelivered(dead.Length)]);
                work.Beside(v => Revive(v, dead));
                return (dead.Length, null);
            }
        );
        return refusal.Or(() => Results.Json(new { letters }, statusCode: 202));
    }

    private static void Revive(Views views, long[] dead)
    {
        foreach (var number in dead)
        {
            views.Write(
                "UPDATE webhook_letters SET dead_at = NULL, attempts = 0, next_at = 0 WHERE number = $1",
                number
            );
        }
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
