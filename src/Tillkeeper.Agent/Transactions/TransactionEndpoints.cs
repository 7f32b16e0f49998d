using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Transactions;

internal sealed record TransactionAnswer(string Id);

/// <summary>The payment program says when a transaction runs, so that no lock cuts it short.</summary>
internal static class TransactionEndpoints
{
    public static void MapTransactions(this IEndpointRouteBuilder local)
    {
        local.MapPost("/transactions", BeginAsync);
        local.MapDelete("/transactions/{id}", EndAsync);
    }

    private static async Task<IResult> BeginAsync(
        HttpRequest request,
        Verdicts verdicts,
        OpenTransactions transactions,
        LockViews views
    )
    {
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        if (!Words.TryParse<Capability>(typed.Text("capability"), out var capability))
        {
            return Problems.Of(StatusEndpoints.UnknownCapability);
        }
        // First it runs, then it is asked: a lock that comes in between waits, or is seen here.
        var id = transactions.Begin();
        var verdict = verdicts.ToBegin(capability);
        if (Refuse(verdict, typed, request, views) is { } refused)
        {
            transactions.End(id);
            return refused;
        }
        return TypedResults.Json(
            new TransactionAnswer(id),
            LocalJson.Default.TransactionAnswer,
            statusCode: StatusCodes.Status201Created
        );
    }

    /// <summary>Locks are told before what was typed is judged.</summary>
    private static IResult? Refuse(
        Verdict verdict,
        TypedBody typed,
        HttpRequest request,
        LockViews views
    )
    {
        if (!verdict.Allow)
        {
            var refusal = new Refusal(
                RefusalKind.Locked,
                "locked",
                "The terminal is locked for this; see the ways out."
            );
            return Problems.Of(refusal, locks: views.Of(verdict.Locks, Languages.Of(request)));
        }
        return typed.Has("amountMinor") && typed.Count("amountMinor") is null
            ? Problems.Of(
                Refusal.Invalid("amountMinor", "Give a whole number of minor units, 0 or more.")
            )
            : null;
    }

    /// <summary>The end, whatever came out of it; the body may say what, and nothing of it is kept.</summary>
    private static async Task<IResult> EndAsync(
        string id,
        OpenTransactions transactions,
        OrderInbox inbox
    )
    {
        if (!transactions.End(id))
        {
            return Problems.Of(Refusal.NotFound("transaction"));
        }
        await inbox.ApplyDueAsync();
        return TypedResults.NoContent();
    }
}
