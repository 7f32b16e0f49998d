using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Core;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Http;

/// <summary>
/// <c>Idempotency-Key</c> on any POST of the people's door: per person, route and body, for 24 hours. The same key with another body is
/// 422, while the first is at work 409; a replay gives the first answer without what was shown once.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, Appender appender)
{
    private const int LongestKey = 200;
    private const int LongestBody = 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<string, byte> atWork = new(StringComparer.Ordinal);

    private sealed record Stored(byte[] BodyHash, int Status, byte[] Response);

    public async Task Invoke(HttpContext context)
    {
        var given = context.Request.Headers["Idempotency-Key"].ToString();
        var endpoint = context.GetEndpoint();
        if (
            given.Length == 0
            || !HttpMethods.IsPost(context.Request.Method)
            || endpoint?.Metadata.GetMetadata<DoorMetadata>()?.Door != Door.People
            // A bank's messages are for one use anyway.
            || Person.Find(context) is null
        )
        {
            await next(context);
            return;
        }
        if (given.Length > LongestKey)
        {
            await Answer(
                context,
                Refusal.Invalid("Idempotency-Key", $"Use at most {LongestKey} characters.")
            );
            return;
        }
        if (await HashBody(context) is not { } bodyHash)
        {
            await Answer(
                context,
                new Refusal(RefusalKind.TooLarge, "too_large", "The body is larger than 1 MiB.")
            );
            return;
        }
        var person = Person.Of(context);
        var key = Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    $"{person.Id}\n{context.Request.Path}{context.Request.QueryString}\n{given}"
                )
            )
        );
        if (!atWork.TryAdd(key, 0))
        {
            await Answer(
                context,
                Refusal.Conflict(
                    "in_progress",
                    "The first request with this key is still at work; try again."
                )
            );
            return;
        }
        try
        {
            await Handle(context, key, bodyHash, endpoint.Metadata.GetMetadata<ShownOnce>());
        }
        finally
        {
            atWork.TryRemove(key, out _);
        }
    }

    private async Task Handle(HttpContext context, string key, byte[] bodyHash, ShownOnce? secrets)
    {
        var act = Person.Of(context).Act;
        var stored = await appender.Run(act, work => Find(work, key));
        if (stored is not null)
        {
            await Replay(context, stored, bodyHash);
            return;
        }
        var body = context.Response.Body;
        var hungUp = context.RequestAborted;
        using var captured = new MemoryStream();
        context.Response.Body = captured;
        // An asker who hangs up is the one who will ask again: the answer is completed and kept all the same.
        context.RequestAborted = CancellationToken.None;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            context.RequestAborted = hungUp;
        }
        var response = captured.ToArray();
        var status = context.Response.StatusCode;
        if (status < 500 && status != StatusCodes.Status429TooManyRequests)
        {
            var kept = WithoutSecrets(response, secrets);
            await appender.Run(
                act,
                work =>
                {
                    work.Beside(v =>
                        v.Write(
                            "INSERT OR REPLACE INTO idempotency VALUES ($1, $2, $3, $4, $5)",
                            key,
                            bodyHash,
                            work.Now.ToUnixTimeMilliseconds(),
                            status,
                            kept
                        )
                    );
                    return true;
                }
            );
        }
        await body.WriteAsync(response, context.RequestAborted);
    }

    private static Stored? Find(Work work, string key)
    {
        var since = (work.Now - Kept).ToUnixTimeMilliseconds();
        return work
            .Views.Query(
                "SELECT body_hash, status, response FROM idempotency WHERE key = $1 AND at > $2",
                r => new Stored(
                    r.GetFieldValue<byte[]>(0),
                    r.GetInt32(1),
                    r.GetFieldValue<byte[]>(2)
                ),
                key,
                since
            )
            .FirstOrDefault();
    }

    private static async Task Replay(HttpContext context, Stored stored, byte[] bodyHash)
    {
        if (!CryptographicOperations.FixedTimeEquals(stored.BodyHash, bodyHash))
        {
            await Answer(
                context,
                new Refusal(
                    RefusalKind.Invalid,
                    "idempotency_key_reused",
                    "This key was used with another body; use a new key for a new request.",
                    "Idempotency-Key"
                )
            );
            return;
        }
        context.Response.StatusCode = stored.Status;
        context.Response.Headers["Idempotent-Replayed"] = "true";
        if (stored.Response.Length > 0)
        {
            context.Response.ContentType =
                stored.Status < 400 ? "application/json" : "application/problem+json";
            await context.Response.Body.WriteAsync(stored.Response, context.RequestAborted);
        }
    }

    private static byte[] WithoutSecrets(byte[] response, ShownOnce? secrets)
    {
        if (
            secrets is null
            || response.Length == 0
            || JsonNode.Parse(response) is not JsonObject json
        )
        {
            return response;
        }
        foreach (var field in secrets.Fields)
        {
            json.Remove(field);
        }
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static async Task<byte[]?> HashBody(HttpContext context)
    {
        context.Request.EnableBuffering(64 * 1024, LongestBody);
        try
        {
            var hash = await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted);
            context.Request.Body.Position = 0;
            return hash;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Task Answer(HttpContext context, Refusal refusal) =>
        Problems.Of(refusal).ExecuteAsync(context);
}
