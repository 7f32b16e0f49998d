using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Shops;

/// <summary><c>/api/v1/shop</c>: what an owner has and owes, over all their terminals at once.</summary>
internal static class ShopEndpoints
{
    public static IServiceCollection AddShops(this IServiceCollection services) =>
        services
            .AddSingleton<ShopTerminals>()
            .AddSingleton<ShopDues>()
            .AddSingleton<ShopUpdates>()
            .AddSingleton<ShopCases>();

    public static void MapShops(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/shop/terminals", List).Needs(Right.OwnShop);
        app.MapGet("/api/v1/shop/dues", Dues).Needs(Right.OwnShop);
        app.MapGet("/api/v1/shop/updates", Updates).Needs(Right.OwnShop);
        app.MapGet("/api/v1/shop/cases", CasesOf).Needs(Right.OwnShop);
    }

    private static IResult List(
        Person person,
        Paging page,
        ShopTerminals terminals,
        HttpRequest request,
        string? q = null
    ) =>
        (page.Refusal ?? (q is null ? null : Check.Optional(q, "q"))).Or(() =>
            Results.Json(terminals.WorstFirst(person, page, q?.Trim() ?? "", request))
        );

    private static IResult Dues(Person person, ShopDues dues) =>
        Results.Json(new { items = dues.Of(person) });

    private static IResult Updates(Person person, ShopUpdates updates) =>
        Results.Json(new { items = updates.Of(person) });

    private static IResult CasesOf(
        Person person,
        Paging page,
        ShopCases cases,
        string? terminal = null
    ) => page.Refusal.Or(() => Results.Json(cases.Of(person, page, terminal)));
}
