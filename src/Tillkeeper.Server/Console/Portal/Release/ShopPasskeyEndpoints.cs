using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Passkeys;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Portal.Release;

/// <summary>The owner's passkeys.</summary>
internal sealed record ShopPasskeysModel(
    IReadOnlyList<PasskeyEndpoints.PasskeyView> Passkeys,
    ApiProblem? Problem = null
);

/// <summary><c>/shop/passkeys</c>: the owner sets up a passkey beforehand; it counts once the provider has called back.</summary>
internal static class ShopPasskeyEndpoints
{
    public static void MapShopPasskeys(this IEndpointRouteBuilder app)
    {
        app.MapGet("/shop/passkeys", (ApiClient api) => Show(api)).Needs(Right.OwnShop).AsPage();
        app.MapPost("/shop/passkeys/options", Options).Needs(Right.OwnShop).AsPage();
        app.MapPost("/shop/passkeys", Enrol).Needs(Right.OwnShop).AsPage();
        app.MapPost("/shop/passkeys/{id}/remove", Remove).Needs(Right.OwnShop).AsPage();
    }

    private static async Task<IResult> Options(ApiClient api) =>
        Ceremonies.Answer(await api.Post("/api/v1/passkeys/options", new { }));

    private static async Task<IResult> Enrol(IFormCollection form, ApiClient api)
    {
        var reply = await api.Post(
            "/api/v1/passkeys",
            new
            {
                name = form["name"].ToString(),
                state = form["state"].ToString(),
                credential = Ceremonies.Credential(form),
            }
        );
        return await Done(api, reply.Problem);
    }

    private static async Task<IResult> Remove(string id, ApiClient api) =>
        await Done(api, (await api.Delete($"/api/v1/passkeys/{Uri.EscapeDataString(id)}")).Problem);

    private static async Task<IResult> Done(ApiClient api, ApiProblem? problem) =>
        problem is null ? Pages.Go("/shop/passkeys") : await Show(api, problem);

    private static async Task<IResult> Show(ApiClient api, ApiProblem? problem = null)
    {
        var reply = await api.Get<Page<PasskeyEndpoints.PasskeyView>>("/api/v1/passkeys");
        return reply.Problem is { } missing
            ? Pages.Refused(missing)
            : Pages.Page<ShopPasskeysPage>(
                new ShopPasskeysModel(reply.Value!.Items, problem),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }
}
