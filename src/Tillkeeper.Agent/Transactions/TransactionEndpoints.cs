using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Sensors.CustomerPin;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
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
        var id = transactions.Begin(capability, typed.Count("amountMinor"));
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

    /// <summary>
    /// The end, whatever is said of it: first it ends, then what was said is judged. What came out of it goes into the journal.
    /// </summary>
    private static async Task<IResult> EndAsync(
        string id,
        HttpRequest request,
        OpenTransactions transactions,
        OrderInbox inbox,
        Till till,
        IdentityStore identities
    )
    {
        if (transactions.EndUnwritten(id) is not { } ended)
        {
            return Problems.Of(Refusal.NotFound("transaction"));
        }
        SaleReport report;
        try
        {
            report = await ReadAsync(request, identities.Required.TerminalSecret);
            await till.AskAsync(
                new EndSale(ended.Capability, report.Outcome, ended.AmountMinor, report.Card)
            );
        }
        finally
        {
            transactions.Written();
        }
        await inbox.ApplyDueAsync();
        return report.Refusal is { } wrong ? Problems.Of(wrong) : TypedResults.NoContent();
    }

    /// <summary>What cannot be read says nothing; the end stands.</summary>
    private static async Task<SaleReport> ReadAsync(HttpRequest request, byte[] terminalSecret)
    {
        try
        {
            return await TypedBody.ReadAsync(request) is { } typed
                ? SaleReport.Read(typed, terminalSecret)
                : SaleReport.Silent;
        }
        catch (BadHttpRequestException)
        {
            return SaleReport.Silent;
        }
    }
}
