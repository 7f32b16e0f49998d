using Tillkeeper.Core;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Steps;

/// <summary>Reads everything that the page about one thing shows.</summary>
internal delegate Task<Reply<TModel>> ReadThing<TModel>(ApiClient api, string id, Person person);

/// <summary>The two routes of a page about one thing: it is shown, and its forms are taken.</summary>
internal static class ThingPages
{
    /// <param name="at">Where the page is and its thing at the API: <c>/console/AT/ID</c>, <c>/api/v1/AT/ID</c>.</param>
    /// <param name="right">To see it. Who may take which step is the API's to say.</param>
    public static void MapThing<TModel, TPage>(
        this IEndpointRouteBuilder app,
        string at,
        Right right,
        ReadThing<TModel> read,
        IReadOnlyDictionary<string, FormStep> steps,
        string? api = null
    )
        where TModel : class
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        var home = api ?? at;
        app.MapGet(
                $"/console/{at}/{{id}}",
                async (string id, ApiClient client, Person person) =>
                    Answer<TModel, TPage>(await read(client, id, person))
            )
            .Needs(right)
            .AsPage();
        app.MapPost(
                $"/console/{at}/{{id}}/{{step}}",
                async (
                    string id,
                    string step,
                    IFormCollection form,
                    ApiClient client,
                    Person person,
                    HttpContext context
                ) =>
                {
                    // Whoever does not see it is told so, and nothing of what could be done with it.
                    var before = await read(client, id, person);
                    if (before.Problem is { } unseen)
                    {
                        return Pages.Refused(unseen);
                    }
                    if (!steps.TryGetValue(step, out var known))
                    {
                        return Pages.Refused(Refusal.NotFound("step"));
                    }
                    var escaped = Uri.EscapeDataString(id);
                    var reply = await known.Take(client, $"/api/v1/{home}/{escaped}", form);
                    if (reply.Problem is not { } problem)
                    {
                        return Pages.Go($"/console/{at}/{escaped}#{step}");
                    }
                    Sending.Keep(context, new Sent(step, form, problem));
                    return Answer<TModel, TPage>(await read(client, id, person), problem.Status);
                }
            )
            .Needs(right)
            .AsPage();
    }

    private static IResult Answer<TModel, TPage>(
        Reply<TModel> reply,
        int status = StatusCodes.Status200OK
    )
        where TModel : class
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<TPage>(reply.Value, status);
}
