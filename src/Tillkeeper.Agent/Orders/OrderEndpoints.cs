using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;

namespace Tillkeeper.Agent.Orders;

/// <param name="Number">Its number, when it could be read.</param>
internal sealed record RefusedOrder(long? Number, string Code);

/// <param name="Applied">How many had their effect.</param>
/// <param name="Waiting">How many wait for the end of a transaction.</param>
internal sealed record OrdersAnswer(int Applied, int Waiting, ImmutableArray<RefusedOrder> Refused);

/// <summary>Orders brought by hand, for a terminal without a connection: the same orders by the same door.</summary>
internal static class OrderEndpoints
{
    private const int MostOrders = 256;
    private const long MostBytes = 4 * 1024 * 1024;

    public static void MapOrders(this IEndpointRouteBuilder local) =>
        local.MapPost("/orders", TakeAsync);

    private static async Task<IResult> TakeAsync(
        HttpRequest request,
        Till till,
        OrderInbox inbox,
        LockViews views
    )
    {
        if (till.IsLost)
        {
            return Problems.Lost(request, till, views);
        }
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }
        if (await TypedBody.ReadAsync(request) is not { } typed)
        {
            return TypedBody.Malformed;
        }
        if (typed.Texts("orders") is not { Count: > 0 and <= MostOrders } orders)
        {
            return Problems.Of(
                Refusal.Invalid("orders", $"Give a list of 1 to {MostOrders} signed orders.")
            );
        }
        var taken = new List<Taken>(orders.Count);
        foreach (var order in orders)
        {
            taken.Add(await inbox.TakeAsync(order));
        }
        return TypedResults.Json(
            new OrdersAnswer(
                taken.Count(t => t is { Code: null, Waits: false }),
                taken.Count(t => t.Waits),
                [
                    .. taken
                        .Where(t => t.Code is not null)
                        .Select(t => new RefusedOrder(t.Number, t.Code!)),
                ]
            ),
            LocalJson.Default.OrdersAnswer
        );
    }
}
