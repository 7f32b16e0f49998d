using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.People;

/// <summary><c>/api/v1/keys</c>: each key is one person's, who may have several; only an admin makes them.</summary>
internal static class KeyEndpoints
{
    internal sealed record CreateKey(string? Name, string? Role, string? Org, string? Person);

    /// <param name="Person">The human it belongs to: the id of their first key.</param>
    internal sealed record KeyView(
        string Id,
        string Name,
        string Role,
        string Place,
        bool Revoked,
        string Person
    );

    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/keys", Create).Needs(Right.ManageKeys).ShowsOnce("key");
        app.MapGet("/api/v1/keys", List).Needs(Right.SeeKeys);
        app.MapDelete("/api/v1/keys/{id}", Revoke).Needs(Right.ManageKeys);
    }

    private static async Task<IResult> Create(CreateKey body, Person person, Appender appender)
    {
        var key = Keys.Generate();
        var holder = key.Id;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Places.Of(work.Views, body.Org, person) is not { } place)
                {
                    return Refusal.NotFound("org");
                }
                if (body.Person is { } named)
                {
                    var known = work.Load(Keys.Kind, named);
                    if (known.Id.Length == 0 || !person.Sees(known.Place))
                    {
                        return Refusal.NotFound("person");
                    }
                    holder = known.Holder;
                }
                if (Checked(body, out var role) is { } wrong)
                {
                    return wrong;
                }
                Keys.Add(
                    work,
                    key,
                    body.Name!.Trim(),
                    role,
                    place,
                    holder == key.Id ? null : holder
                );
                Alerts.Raise(work, KeyMade(key.Id, holder, body, role, place));
                return null;
            }
        );
        return refusal.Or(() =>
            Results.Json(
                new
                {
                    id = key.Id,
                    key = key.Text,
                    person = holder,
                },
                statusCode: 201
            )
        );
    }

    /// <summary>Whoever can make keys can make themselves a second person: somebody else looks at each.</summary>
    private static NewAlert KeyMade(
        string id,
        string holder,
        CreateKey body,
        Role role,
        string place
    ) =>
        new(
            "key_created",
            $"key_created/{id}",
            role is Role.Admin ? Severity.High : Severity.Low,
            place,
            Facts: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["key"] = id,
                ["name"] = body.Name!.Trim(),
                ["role"] = Words.Of(role),
                ["person"] = holder,
            }
        );

    private static Refusal? Checked(CreateKey body, out Role role)
    {
        if (!Words.TryParse(body.Role, out role))
        {
            return Refusal.Invalid("role", $"Use one of: {Words.All<Role>()}.");
        }
        if (role is Role.Agent or Role.Merchant && body.Org is null)
        {
            return Refusal.Invalid("org", "Name the agent or merchant that the key belongs to.");
        }
        return Check.Name(body.Name, "name");
    }

    private static IResult List(Person person, Paging page, Database database) =>
        page.Refusal.Or(() =>
        {
            var rows = database.Read(c =>
                c.Query<(
                    string Id,
                    string Name,
                    string Role,
                    string Place,
                    long? RevokedAt,
                    string Person
                )>(
                    "SELECT id, name, role, place, revoked_at, person FROM keys WHERE place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                    Subtree.Of(person, page)
                )
            );
            return Results.Json(
                page.Cut(
                    [
                        .. rows.Select(r => new KeyView(
                            r.Id,
                            r.Name,
                            r.Role,
                            r.Place,
                            r.RevokedAt is not null,
                            r.Person
                        )),
                    ],
                    k => k.Id
                )
            );
        });

    private static async Task<IResult> Revoke(string id, Person person, Appender appender)
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var key = work.Load(Keys.Kind, id);
                if (key.Id.Length == 0 || !person.Sees(key.Place))
                {
                    return Refusal.NotFound("key");
                }
                if (!key.Revoked)
                {
                    work.Append(Keys.Kind, id, id, [new KeyRevoked()]);
                }
                return null;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }
}
