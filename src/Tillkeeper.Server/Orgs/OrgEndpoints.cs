using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Orgs;

/// <summary><c>/api/v1/orgs</c>: the provider's agents, a tree of several levels.</summary>
internal static class OrgEndpoints
{
    /// <summary>Deeper trees than this are a mistake; it also bounds every place.</summary>
    private const int MostLevels = 10;

    internal sealed record CreateOrg(string? Parent, string? Kind, string? Name);

    internal sealed record OrgView(string Id, string Parent, string Kind, string Name);

    public static void MapOrgs(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/orgs", Create).Needs(Right.ManageOrgs);
        app.MapGet("/api/v1/orgs", List).Needs(Right.Look);
    }

    private static async Task<IResult> Create(CreateOrg body, Person person, Appender appender)
    {
        var id = Ids.New();
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Places.OfOrg(work.Views, body.Parent, person) is not { } parent)
                {
                    return Refusal.NotFound("org");
                }
                if (body.Kind is not "agent")
                {
                    return Refusal.Invalid("kind", "Use \"agent\".");
                }
                if (Check.Name(body.Name, "name") is { } noName)
                {
                    return noName;
                }
                if (Places.LevelOf(parent) == MostLevels)
                {
                    return Refusal.Invalid(
                        "parent",
                        $"The tree has at most {MostLevels} levels of agents."
                    );
                }
                var created = new OrgCreated(
                    id,
                    body.Parent ?? "",
                    Places.Below(parent, id),
                    body.Name!.Trim()
                );
                work.Append(OrgStreams.Kind, id, id, [created]);
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id }, statusCode: 201));
    }

    private static IResult List(Person person, Paging page, Database database) =>
        page.Refusal.Or(() =>
        {
            var rows = database.Read(c =>
                c.Query<(string Id, string Parent, string Name)>(
                        "SELECT id, parent, name FROM orgs WHERE place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                        Subtree.Of(person, page)
                    )
                    .Select(r => new OrgView(r.Id, r.Parent, "agent", r.Name))
                    .ToList()
            );
            return Results.Json(page.Cut(rows, r => r.Id));
        });
}
