using Tillkeeper.Core;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Cases;

/// <summary><c>GET /api/v1/cases</c> and <c>GET /api/v1/cases/{id}</c>.</summary>
internal static class Looking
{
    public static void MapLooking(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/cases", List).Needs(Right.Look);
        app.MapGet("/api/v1/cases/{id}", Show).Needs(Right.Look);
    }

    private static IResult List(
        Person person,
        Paging page,
        CaseList list,
        [AsParameters] CaseFilter filter
    ) => (filter.Wrong() ?? page.Refusal).Or(() => Results.Json(list.Read(filter, person, page)));

    private static IResult Show(
        string id,
        Person person,
        CaseAccess access,
        CaseViews views,
        HttpRequest request
    ) =>
        access.Find(id, person) is { } state
            ? Results.Json(
                views.Of(state, person, LockExplainer.Choose(request.Headers.AcceptLanguage))
            )
            : Problems.Of(Refusal.NotFound("case"));
}
