using System.Text.Json;
using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Merchants;

/// <summary><c>/api/v1/merchants</c>: whose shops they are.</summary>
internal static class MerchantEndpoints
{
    /// <summary>How long contact data is kept unless it is renewed.</summary>
    internal static readonly TimeSpan Retention = TimeSpan.FromDays(5 * 365);

    internal sealed record Identity(string? Kind, string? Number);

    internal sealed record Contact(string? Name, string? Phone);

    internal sealed record CreateMerchant(
        string? Name,
        string? Org,
        Identity? Identity,
        Contact? Contact
    );

    internal sealed record MerchantView(
        string Id,
        string Name,
        string IdentityKind,
        string IdentityNumber
    );

    public static void MapMerchants(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/merchants", Create).Needs(Right.ManageMerchants);
        app.MapPut("/api/v1/merchants/{id}/file", MerchantFile.Change).Needs(Right.ManageMerchants);
        app.MapGet("/api/v1/merchants", List).Needs(Right.Look);
        app.MapGet("/api/v1/merchants/{id}", Show).Needs(Right.Look);
    }

    private static async Task<IResult> Create(
        CreateMerchant body,
        Person person,
        Appender appender,
        PersonalData personalData,
        TimeProvider time
    )
    {
        var id = Ids.New();
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (Places.OfOrg(work.Views, body.Org, person) is not { } parent)
                {
                    return Refusal.NotFound("org");
                }
                if (Checked(body, time, out var kind, out var number) is { } wrong)
                {
                    return wrong;
                }
                var isPerson = kind == IdentityKind.ResidentId;
                var dataId = Ids.New();
                var people = new MerchantPeople(
                    body.Contact!.Name!.Trim(),
                    body.Contact.Phone!.Trim(),
                    isPerson ? number : null
                );
                var data = personalData.Seal(
                    dataId,
                    JsonSerializer.SerializeToUtf8Bytes(people, MerchantJson.Default.MerchantPeople)
                );
                work.Append(
                    MerchantStreams.Kind,
                    id,
                    id,
                    [
                        new MerchantCreated(
                            id,
                            Places.Below(parent, id),
                            body.Name!.Trim(),
                            kind,
                            isPerson ? Masked(number) : number,
                            dataId,
                            data.Commitment
                        ),
                    ]
                );
                var until = (work.Now + Retention).ToUnixTimeMilliseconds();
                work.Beside(v =>
                    v.Write(
                        "INSERT INTO personal_data VALUES ($1, $2, $3)",
                        dataId,
                        data.Row,
                        until
                    )
                );
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id }, statusCode: 201));
    }

    private static Refusal? Checked(
        CreateMerchant body,
        TimeProvider time,
        out IdentityKind kind,
        out string number
    )
    {
        number = "";
        if (!Words.TryParse(body.Identity?.Kind, out kind))
        {
            return Refusal.Invalid("identity.kind", $"Use one of: {Words.All<IdentityKind>()}.");
        }
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (
            !LegalIdentity.TryNormalise(
                kind,
                body.Identity?.Number,
                today,
                out number,
                out var problem
            )
        )
        {
            return Refusal.Invalid("identity.number", problem);
        }
        return Check.Name(body.Name, "name")
            ?? Check.Name(body.Contact?.Name, "contact.name")
            ?? Check.Name(body.Contact?.Phone, "contact.phone");
    }

    private static string Masked(string number) =>
        number[..3] + new string('*', number.Length - 5) + number[^2..];

    private static IResult List(Person person, Paging page, Database database) =>
        page.Refusal.Or(() =>
        {
            var rows = database.Read(c =>
                c.Query<MerchantView>(
                        "SELECT id, name, identity_kind AS identityKind, identity_number AS identityNumber FROM merchants WHERE place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                        Subtree.Of(person, page)
                    )
                    .ToList()
            );
            return Results.Json(page.Cut(rows, m => m.Id));
        });

    private static IResult Show(string id, Person person, Database database)
    {
        var row = database.Read(c =>
            c.QueryFirstOrDefault<(string Place, string Name, string Kind, string Number)>(
                "SELECT place, name, identity_kind, identity_number FROM merchants WHERE id = @id",
                new { id }
            )
        );
        return row.Place is not null && person.Sees(row.Place)
            ? Results.Json(new MerchantView(id, row.Name, row.Kind, row.Number))
            : Problems.Of(Refusal.NotFound("merchant"));
    }
}
