using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Locks;

/// <summary>One lock for many terminals, by selector: counted first with <c>?preview=true</c>, followed up by its batch.</summary>
internal static class BatchEndpoints
{
    /// <summary>Terminals decided in one go, so that everybody else's commands pass in between.</summary>
    private const int AtOnce = 64;

    internal sealed record BatchBody(
        SelectorBody? Selector,
        string? Cause,
        IReadOnlyList<string>? Scope,
        string? Reason,
        string? Message,
        DateTimeOffset? ExpectedEnd
    );

    internal sealed record BatchView(int Terminals, int Pending, int Confirmed, int Failed);

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/locks", Create).Needs(Right.OrderLocks);
        app.MapGet("/api/v1/locks/batches/{id}", Show).Needs(Right.Look);
    }

    private static async Task<IResult> Create(
        BatchBody body,
        Person person,
        Appender appender,
        Database database,
        TimeProvider time,
        string preview = "false"
    )
    {
        var (terminals, refusal) = (body.Selector ?? new SelectorBody()).Select(database, person);
        if (refusal is not null)
        {
            return Problems.Of(refusal);
        }
        var wanted = new LockBody(
            body.Cause,
            body.Scope,
            body.Reason,
            body.Message,
            body.ExpectedEnd
        );
        if (wanted.ToOrder("", time.GetUtcNow()).Refusal is { } wrong)
        {
            return Problems.Of(wrong);
        }
        if (!bool.TryParse(preview, out var countOnly))
        {
            return Problems.Of(Refusal.Invalid("preview", "Use true or false."));
        }
        if (countOnly)
        {
            return Results.Json(new { terminals = terminals.Count });
        }
        var batchId = Ids.New();
        foreach (var chunk in terminals.Chunk(AtOnce))
        {
            await appender.Run(person.Act, work => LockAll(work, chunk, wanted, batchId));
        }
        return Results.Json(new { batchId, terminals = terminals.Count }, statusCode: 202);
    }

    private static bool LockAll(Work work, string[] terminals, LockBody wanted, string batchId)
    {
        foreach (var id in terminals)
        {
            var order = wanted.ToOrder(Ids.New(), work.Now, batchId).Order!;
            work.Decide(
                TerminalStreams.Kind,
                id,
                id,
                s => TerminalDecisions.Decide(s, order, work.Now)
            );
        }
        return true;
    }

    private static IResult Show(string id, Person person, Database database, States states)
    {
        var rows = database.Read(c =>
            c.Query<(string Terminal, string LockId, string Place)>(
                    "SELECT terminal, lock_id, place FROM batch_locks WHERE batch = @id",
                    new { id }
                )
                .Where(r => person.Sees(r.Place))
                .AsList()
        );
        if (rows.Count == 0)
        {
            return Problems.Of(Refusal.NotFound("batch"));
        }
        var (pending, confirmed, failed) = (0, 0, 0);
        foreach (var (terminal, lockId, _) in rows)
        {
            var state = states.Find(TerminalStreams.Kind, terminal);
            var standing = state?.Locks.GetValueOrDefault(lockId);
            if (standing is null || standing.Lock.Status != LockStatus.Pending)
            {
                // Gone means that it was confirmed and has ended since.
                confirmed++;
            }
            else if (state!.Revoked)
            {
                failed++;
            }
            else
            {
                pending++;
            }
        }
        return Results.Json(new BatchView(rows.Count, pending, confirmed, failed));
    }
}

/// <summary>Which terminals: every given part must hold. Named terminals must all be there, or none is touched.</summary>
internal sealed record SelectorBody(
    string? MerchantId = null,
    string? Org = null,
    string? Model = null,
    string? Version = null,
    IReadOnlyList<string>? Terminals = null
)
{
    private const int MostNamed = 1000;
    private const int Most = 1_000_000;

    public (IReadOnlyList<string> Terminals, Refusal? Refusal) Select(
        Database database,
        Person person
    )
    {
        if (
            MerchantId is null
            && Org is null
            && Model is null
            && Version is null
            && Terminals is null
        )
        {
            return (
                [],
                Refusal.Invalid("selector", "Name merchantId, org, model, version or terminals.")
            );
        }
        if (Terminals is { Count: 0 or > MostNamed })
        {
            return ([], Refusal.Invalid("selector.terminals", $"Name 1 to {MostNamed} terminals."));
        }
        return database.Read<(IReadOnlyList<string>, Refusal?)>(c =>
        {
            var place = Org is null
                ? person.Place
                : c.ExecuteScalar<string>("SELECT place FROM orgs WHERE id = @Org", new { Org });
            if (place is null || !person.Sees(place))
            {
                return ([], Refusal.NotFound("org"));
            }
            if (
                MerchantId is not null
                && !(
                    c.ExecuteScalar<string>(
                        "SELECT place FROM merchants WHERE id = @MerchantId",
                        new { MerchantId }
                    )
                        is { } shop
                    && person.Sees(shop)
                )
            )
            {
                return ([], Refusal.NotFound("merchant"));
            }
            var found = c.Query<string>(
                    "SELECT id FROM terminals WHERE place >= @place AND place < @to AND (@MerchantId IS NULL OR merchant = @MerchantId) AND (@Model IS NULL OR model = @Model) AND (@Version IS NULL OR version = @Version) ORDER BY id LIMIT @Most",
                    new
                    {
                        place,
                        to = place + "\uFFFF",
                        MerchantId,
                        Model,
                        Version,
                        Most,
                    }
                )
                .AsList();
            if (Terminals is null)
            {
                return (found, null);
            }
            var named = Terminals.Distinct(StringComparer.Ordinal).ToArray();
            var there = found.ToHashSet(StringComparer.Ordinal);
            return named.All(there.Contains)
                ? (named, null)
                : ([], Refusal.NotFound("terminal among those named"));
        });
    }
}
