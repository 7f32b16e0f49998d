using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// <c>GET /api/v1/colleagues?case=</c>: whom something can be given to, by name. With a case only those who may see and decide it.
/// </summary>
internal static class ColleagueEndpoint
{
    private const int Most = 500;

    internal sealed record Colleague(string Id, string Name, Role Role);

    public static void MapColleagues(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/colleagues", List).Needs(Right.HandleAlerts);

    private static IResult List(
        Person person,
        Database database,
        CaseAccess access,
        string? @case = null
    )
    {
        var state = @case is null ? null : access.Find(@case, person);
        if (@case is not null && state is null)
        {
            return Problems.Of(Refusal.NotFound("case"));
        }
        var place = state is null
            ? person.Place
            : database.Read(c =>
                c.ExecuteScalar<string>(
                    "SELECT place FROM cases WHERE id = @id",
                    new { id = @case }
                )
            )!;
        var people = database.Read(c =>
            c.Query<(string Id, string Name, string Role, string Place)>(
                    "SELECT id, name, role, place FROM keys WHERE revoked_at IS NULL AND id = person AND role NOT IN ('agent', 'merchant') ORDER BY name, id LIMIT @Most",
                    new { Most }
                )
                .AsList()
        );
        return Results.Json(
            new Page<Colleague>(
                [
                    .. people
                        .Where(p =>
                            // Whoever is given it must see it; and nobody hears of people elsewhere in the tree.
                            place.StartsWith(p.Place, StringComparison.Ordinal)
                            && (p.Place == Person.Root || person.Sees(p.Place))
                        )
                        .Select(p =>
                            Words.TryParse<Role>(p.Role, out var role)
                                ? new Colleague(p.Id, p.Name, role)
                                : null
                        )
                        .OfType<Colleague>()
                        .Where(p => state is null || CaseRights.MayDecide(p.Role, state)),
                ],
                null
            )
        );
    }
}
