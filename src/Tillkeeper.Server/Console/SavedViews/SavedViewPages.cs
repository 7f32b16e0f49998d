using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.SavedViews;

/// <summary><c>POST /console/views</c>: keeps a list as it is narrowed down now, or lets go of it.</summary>
internal static class SavedViewPages
{
    public static void MapSavedViewPages(this IEndpointRouteBuilder app)
    {
        app.MapPost("/console/views", Save).Needs(Right.Look).AsPage();
        app.MapPost("/console/views/remove", Remove).Needs(Right.Look).AsPage();
    }

    private static async Task<IResult> Save(IFormCollection form, ApiClient api)
    {
        var reply = await api.Put(PathOf(form), new { query = form["query"].ToString() });
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Go(
                $"/console/{reply.Value.GetProperty("list").GetString()}?{reply.Value.GetProperty("query").GetString()}"
            );
    }

    private static async Task<IResult> Remove(IFormCollection form, ApiClient api)
    {
        var reply = await api.Delete(PathOf(form));
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Go($"/console/{Uri.EscapeDataString(form["list"].ToString())}");
    }

    /// <summary>An empty name would be another route: it is sent as a space, which the API refuses by its field.</summary>
    private static string PathOf(IFormCollection form) =>
        $"/api/v1/views/{Word(form["list"].ToString())}/{Word(form["name"].ToString())}";

    private static string Word(string text) =>
        Uri.EscapeDataString(string.IsNullOrWhiteSpace(text) ? " " : text);
}
