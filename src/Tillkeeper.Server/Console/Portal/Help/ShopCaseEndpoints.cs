using System.Globalization;
using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Shops;

namespace Tillkeeper.Server.Console.Portal.Help;

/// <summary>A case as its shop follows it.</summary>
internal sealed record ShopCaseModel(CaseView Case, ApiProblem? Problem = null)
{
    public bool MayReopen => Case.State is CaseStatus.Refused or CaseStatus.Closed;

    public bool MayAttach => Case.State == CaseStatus.Open;
}

/// <summary><c>/shop/cases</c>: what was asked for, what is still owed, and how it ends.</summary>
internal static class ShopCaseEndpoints
{
    public static void MapShopCases(this IEndpointRouteBuilder app)
    {
        app.MapGet("/shop/cases", List).Needs(Right.OwnShop).AsPage();
        app.MapGet("/shop/cases/{id}", (string id, ApiClient api) => Show(api, id))
            .Needs(Right.OwnShop)
            .AsPage();
        app.MapPost("/shop/cases/{id}/documents", Attach).Needs(Right.OwnShop).AsPage();
        app.MapPost("/shop/cases/{id}/answer", Answer).Needs(Right.OwnShop).AsPage();
        app.MapPost("/shop/cases/{id}/reopen", Reopen).Needs(Right.OwnShop).AsPage();
    }

    private static async Task<IResult> List(ApiClient api, string after = "")
    {
        var reply = await api.Get<Page<ShopCase>>(
            $"/api/v1/shop/cases?limit=20&after={Uri.EscapeDataString(after)}"
        );
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<ShopCasesPage>(reply.Value);
    }

    private static async Task<IResult> Show(ApiClient api, string id, ApiProblem? problem = null)
    {
        var reply = await api.Get<CaseView>(At(id));
        return reply.Problem is { } missing
            ? Pages.Refused(missing)
            : Pages.Page<ShopCasePage>(
                new ShopCaseModel(reply.Value!, problem),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }

    private static async Task<IResult> Attach(string id, IFormCollection form, ApiClient api)
    {
        if (form.Files.GetFile("file") is not { } file)
        {
            return await Show(
                api,
                id,
                new ApiProblem(
                    StatusCodes.Status422UnprocessableEntity,
                    "invalid",
                    "Choose a photo first.",
                    "body"
                )
            );
        }
        using MemoryStream content = new();
        await file.CopyToAsync(content);
        var reply = await api.Upload(
            "PUT",
            $"{At(id)}/documents/{Uri.EscapeDataString(form["kind"].ToString())}",
            content.ToArray()
        );
        return await Done(api, id, reply);
    }

    private static async Task<IResult> Answer(string id, IFormCollection form, ApiClient api)
    {
        _ = int.TryParse(
            form["score"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var score
        );
        return await Done(api, id, await api.Put($"{At(id)}/answer", new { score }));
    }

    private static async Task<IResult> Reopen(string id, IFormCollection form, ApiClient api) =>
        await Done(
            api,
            id,
            await api.Post(
                $"{At(id)}/reopen",
                new { reason = form["reason"].ToString() },
                form["once"]
            )
        );

    private static async Task<IResult> Done<T>(ApiClient api, string id, Reply<T> reply) =>
        reply.Problem is { } problem
            ? await Show(api, id, problem)
            : Pages.Go($"/shop/cases/{Uri.EscapeDataString(id)}");

    private static string At(string id) => $"/api/v1/cases/{Uri.EscapeDataString(id)}";
}
