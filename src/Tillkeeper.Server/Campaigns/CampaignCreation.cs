using System.Collections.Immutable;
using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Campaigns;

/// <summary><c>POST /api/v1/campaigns</c>: counted first with <c>?preview=true</c>, then made.</summary>
internal static class CampaignCreation
{
    /// <summary>Planned in one command; more than these are several campaigns.</summary>
    private const int Most = 100_000;

    public static void MapCreation(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/campaigns", Create).Needs(Right.ManageCampaigns);

    private static async Task<IResult> Create(
        CampaignBody body,
        Person person,
        Appender appender,
        Database database,
        string preview = "false"
    )
    {
        if (FindArtifact(database, body.Artifact, person) is not var (artifactId, artifact))
        {
            return Problems.Of(Refusal.NotFound("artifact"));
        }
        var (terminals, refusal) = (body.Selector ?? new TerminalSelector()).Select(
            database,
            person
        );
        if ((refusal ?? body.Wrong()) is { } wrong)
        {
            return Problems.Of(wrong);
        }
        if (terminals.Count is 0 or > Most)
        {
            return Problems.Of(
                Refusal.Invalid("selector", $"It selects {terminals.Count}; use 1 to {Most}.")
            );
        }
        if (!bool.TryParse(preview, out var countOnly))
        {
            return Problems.Of(Refusal.Invalid("preview", "Use true or false."));
        }
        var id = Ids.New();
        var groups = Rollout.Split(terminals, body.Rules, id);
        var older = Newer(database, terminals, artifact);
        if (countOnly)
        {
            return Results.Json(
                new
                {
                    terminals = terminals.Count,
                    groups = groups.Select(g => g.Length),
                    goingBack = older,
                }
            );
        }
        if (older > 0 && !body.Downgrade)
        {
            return Problems.Of(
                Refusal.Conflict(
                    "older_version",
                    $"{older} of the terminals run a newer version than {artifact.Version}; versions go back only with \"downgrade\": true, by two people."
                )
            );
        }
        var place = PlaceOf(database, body.Selector!, person);
        return await Record(id, body, person, place, appender, groups, artifactId, artifact);
    }

    private static async Task<IResult> Record(
        string id,
        CampaignBody body,
        Person person,
        string place,
        Appender appender,
        IReadOnlyList<ImmutableArray<string>> groups,
        string artifactId,
        Artifact artifact
    )
    {
        var created = new CampaignCreated(
            id,
            body.Name!.Trim(),
            place,
            artifactId,
            artifact,
            body.Rules,
            person.Id,
            body.InWindow,
            body.ForcedAfter,
            body.Downgrade,
            body.Reason
        );
        var refusal = await appender.Run(
            person.Act,
            work =>
                work.Decide(
                    CampaignStreams.Kind,
                    id,
                    id,
                    s => CampaignDecisions.Decide(s, new CreateCampaign(created, groups))
                ).Refusal
        );
        return refusal is null
            ? Results.Json(
                new { id, terminals = groups.Sum(g => g.Length) },
                statusCode: StatusCodes.Status201Created
            )
            : Problems.Of(
                refusal with
                {
                    Detail = $"{refusal.Detail} The campaign is {id}.",
                },
                ("id", id)
            );
    }

    private static (string Id, Artifact Artifact)? FindArtifact(
        Database database,
        string? id,
        Person person
    )
    {
        var row = database.Read(c =>
            c.QueryFirstOrDefault<(
                string Sha256,
                long Size,
                string Name,
                string Version,
                string Place
            )>(
                "SELECT sha256, size, name, version, place FROM artifacts WHERE id = @id",
                new { id }
            )
        );
        return row.Place is not null && person.Sees(row.Place)
            ? (id!, new Artifact(row.Sha256, row.Size, row.Name, row.Version))
            : null;
    }

    /// <summary>Where the terminals are: whoever stands above may look at what is done to them.</summary>
    private static string PlaceOf(Database database, TerminalSelector selector, Person person) =>
        database.Read(c =>
            c.ExecuteScalar<string>(
                "SELECT place FROM merchants WHERE id = @MerchantId UNION ALL SELECT place FROM orgs WHERE id = @Org",
                new { selector.MerchantId, selector.Org }
            )
        ) ?? person.Place;

    /// <summary>How many are known to run a newer version already.</summary>
    private static int Newer(Database database, IReadOnlyList<string> terminals, Artifact artifact)
    {
        var running = database.Read(c =>
            c.Query<(string Terminal, string Version)>(
                    "SELECT terminal, version FROM terminal_software"
                )
                .ToDictionary(r => r.Terminal, r => r.Version, StringComparer.Ordinal)
        );
        return terminals.Count(t =>
            running.TryGetValue(t, out var version)
            && DottedVersion.IsOlder(artifact.Version, version)
        );
    }
}
