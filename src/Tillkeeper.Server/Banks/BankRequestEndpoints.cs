using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Banks;

/// <summary><c>/api/v1/terminals/{id}/bank-requests</c>: the shop, or whoever helps it, asks for the owner's word (W2).</summary>
internal static class BankRequestEndpoints
{
    private const int MostShown = 50;

    internal sealed record AskBody(string? Action, IReadOnlyList<string>? Locks);

    internal sealed record RequestView(
        string Id,
        string Action,
        string Status,
        DateTimeOffset AskedAt,
        DateTimeOffset ExpiresAt
    );

    public static void MapBankRequests(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/terminals/{id}/bank-requests", Ask).Needs(Right.OpenCases);
        app.MapGet("/api/v1/terminals/{id}/bank-requests", List).Needs(Right.Look);
    }

    private static async Task<IResult> Ask(
        string id,
        AskBody body,
        Person person,
        Appender appender,
        Asking asking,
        BankRegister banks,
        IBankApprovals approvals,
        HttpContext context
    )
    {
        Asking.Made? made = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is not { } terminal)
                {
                    return Refusal.NotFound("terminal");
                }
                if (BankRegister.CardOf(work.Views, id) is not { } card)
                {
                    return Refusal.Conflict(
                        "no_bank_card",
                        "The terminal is not bound to a card of its owner."
                    );
                }
                if (!Words.TryParse<OwnerAction>(body.Action, out var action))
                {
                    return Refusal.Invalid("action", $"Use one of: {Words.All<OwnerAction>()}.");
                }
                var wish = new Wish(action, body.Locks ?? []);
                if (wish.Check() is { } wrong)
                {
                    return wrong;
                }
                (made, wrong) = asking.Ask(work, terminal, card, wish);
                return wrong;
            }
        );
        if (refusal is null)
        {
            refusal = await Deliver(made!, appender, banks, approvals, context.RequestAborted);
        }
        return refusal.Or(() =>
            Results.Json(new { id = made!.Id, made.ExpiresAt }, statusCode: 202)
        );
    }

    /// <summary>Once it is durable: a bank never shows what the server could forget.</summary>
    private static async Task<Refusal?> Deliver(
        Asking.Made made,
        Appender appender,
        BankRegister banks,
        IBankApprovals approvals,
        CancellationToken cancel
    )
    {
        var problem = banks.Find(made.Bank) is { } bank
            ? await approvals.Ask(bank, made.Signed, cancel)
            : "The bank is not registered any more.";
        if (problem is null)
        {
            return null;
        }
        await appender.Run(
            Act.Server,
            work =>
            {
                var standing = work.Load(BankRequestStreams.Kind, made.Id);
                if (standing.Status == BankRequestStatus.Waiting)
                {
                    work.Append(
                        BankRequestStreams.Kind,
                        made.Id,
                        standing.Asked!.Terminal,
                        [new BankNotReached(problem)]
                    );
                }
                return true;
            }
        );
        return Refusal.Conflict(
            "bank_not_reached",
            $"{problem} Try again later, or take another way out."
        );
    }

    private static IResult List(
        string id,
        Person person,
        TerminalAccess terminals,
        Database database
    )
    {
        if (terminals.Find(id, person) is null)
        {
            return Problems.Of(Refusal.NotFound("terminal"));
        }
        var rows = database.Read(c =>
            c.Query<(string Id, string Action, string Status, long Asked, long Expires)>(
                "SELECT id, action, status, asked_at, expires_at FROM bank_requests WHERE terminal = @id ORDER BY asked_at DESC, id LIMIT @most",
                new { id, most = MostShown }
            )
        );
        return Results.Json(
            new
            {
                items = rows.Select(r => new RequestView(
                    r.Id,
                    r.Action,
                    r.Status,
                    DateTimeOffset.FromUnixTimeMilliseconds(r.Asked),
                    DateTimeOffset.FromUnixTimeMilliseconds(r.Expires)
                )),
            }
        );
    }
}
