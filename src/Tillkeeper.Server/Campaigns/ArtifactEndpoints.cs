using Dapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Tillkeeper.Core;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Terminals.Door;

namespace Tillkeeper.Server.Campaigns;

/// <summary><c>/api/v1/artifacts</c>, and the terminals' way to the bytes.</summary>
internal static class ArtifactEndpoints
{
    /// <summary>More than is taken, so that the answer is ours.</summary>
    private const long KestrelBytes = Artifact.MostBytes + (1024 * 1024);

    internal sealed record ArtifactView(
        string Id,
        string Sha256,
        long Size,
        string Name,
        string Version
    );

    public static void MapArtifacts(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/v1/artifacts", Store)
            .Needs(Right.ManageCampaigns)
            .WithMetadata(new RequestSizeLimitAttribute(KestrelBytes));
        app.MapGet("/api/v1/artifacts", List).Needs(Right.ManageCampaigns);
        app.MapGet("/terminal/v1/artifacts/{sha256}", Fetch).NeedsTerminal();
    }

    private static async Task<IResult> Store(
        HttpRequest request,
        Person person,
        ArtifactStore store,
        Appender appender,
        Database database,
        CancellationToken cancel,
        string? name = null,
        string? version = null,
        string? org = null
    )
    {
        if (PlaceOf(database, org, person) is not { } place)
        {
            return Problems.Of(Refusal.NotFound("org"));
        }
        if ((Artifact.CheckName(name) ?? DottedVersion.Check(version)) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        var (sha256, size, refusal) = await store.Take(request.Body, cancel);
        if (refusal is not null)
        {
            return Problems.Of(refusal);
        }
        var artifact = new Artifact(sha256, size, name!, version!);
        var id = Ids.New();
        var (known, conflict) = await appender.Run(
            person.Act,
            work => Record(work, id, place, artifact),
            cancel
        );
        return conflict.Or(() =>
            Results.Json(
                new ArtifactView(known, sha256, size, name!, version!),
                statusCode: known == id ? 201 : 200
            )
        );
    }

    /// <summary>Where it belongs: to an org or a merchant of theirs, or to the person's own place.</summary>
    private static string? PlaceOf(Database database, string? org, Person person)
    {
        var place = org is null
            ? person.Place
            : database.Read(c =>
                c.ExecuteScalar<string>(
                    "SELECT place FROM orgs WHERE id = @org UNION ALL SELECT place FROM merchants WHERE id = @org",
                    new { org }
                )
            );
        return place is not null && person.Sees(place) ? place : null;
    }

    /// <summary>One version, one content: the same again is the same, another is refused.</summary>
    private static (string Id, Refusal? Refusal) Record(
        Work work,
        string id,
        string place,
        Artifact artifact
    )
    {
        var same = work.Views.Query(
            "SELECT id, sha256 FROM artifacts WHERE place = $1 AND name = $2 AND version = $3",
            r => (Id: r.GetString(0), Sha256: r.GetString(1)),
            place,
            artifact.Name,
            artifact.Version
        );
        if (same is [var known])
        {
            return known.Sha256 == artifact.Sha256
                ? (known.Id, null)
                : (
                    "",
                    Refusal.Conflict(
                        "version_exists",
                        $"{artifact.Name} {artifact.Version} exists with another content; give the new one a new version."
                    )
                );
        }
        work.Append(ArtifactStreams.Kind, id, id, [new ArtifactStored(id, place, artifact)]);
        return (id, null);
    }

    private static IResult List(Person person, Paging page, Database database) =>
        page.Refusal.Or(() =>
        {
            var rows = database.Read(c =>
                c.Query<ArtifactView>(
                        "SELECT id, sha256, size, name, version FROM artifacts WHERE place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                        Subtree.Of(person, page)
                    )
                    .AsList()
            );
            return Results.Json(page.Cut(rows, r => r.Id));
        });

    /// <summary>Only for a terminal that has an order for it, and while it has; parts of it by Range (RFC 9110 14).</summary>
    private static IResult Fetch(
        string sha256,
        TerminalIdentity terminal,
        States states,
        ArtifactStore store
    ) =>
        states.Find(TerminalStreams.Kind, terminal.Id)?.Update is { } update
        && update.Ordered.Artifact.Sha256 == sha256
        && !UpdateTable.IsOver(update.Step)
        && store.Find(sha256) is { } file
            ? Results.File(
                file,
                "application/octet-stream",
                entityTag: new EntityTagHeaderValue($"\"{sha256}\""),
                enableRangeProcessing: true
            )
            : Problems.Of(Refusal.NotFound("artifact"));
}
