using Tillkeeper.Core;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals.Door;

namespace Tillkeeper.Server.Terminals;

/// <summary>The orders of a terminal, for people: what is on its way, and the same as signed text to carry by hand.</summary>
internal static class OrderEndpoints
{
    internal sealed record OrderView(
        long Number,
        string Kind,
        string? LockId,
        string Status,
        DateTimeOffset IssuedAt,
        DateTimeOffset? ExpiresAt
    );

    public static void MapOrders(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/terminals/{id}/orders", Get).Needs(Right.DecideCases);

    private static IResult Get(
        string id,
        Person person,
        Paging page,
        TerminalAccess access,
        OrderBook book,
        string? format = null
    )
    {
        if (access.Find(id, person) is not { } state)
        {
            return Problems.Of(Refusal.NotFound("terminal"));
        }
        if (page.Refusal is { } wrong)
        {
            return Problems.Of(wrong);
        }
        // What the terminal has reported as taken it does not need again.
        var taken = state.OpenOrders.IsEmpty ? state.LastOrder : state.OpenOrders[0].Number - 1;
        if (format == "jws")
        {
            return Results.Json(
                new { orders = book.After(id, state.Epoch, taken, 200).Select(o => o.Jws) }
            );
        }
        _ = long.TryParse(
            page.After,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var after
        );
        var orders = book.Plain(id, state.Epoch, after, page.Limit + 1)
            .Select(o => View(o, taken))
            .ToList();
        return Results.Json(
            page.Cut(
                orders,
                o => o.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            )
        );
    }

    private static OrderView View(Order order, long taken) =>
        new(
            order.Number,
            order.Kind,
            order.LockId,
            order.Number <= taken ? "taken" : "pending",
            order.IssuedAt,
            order.ExpiresAt
        );
}
