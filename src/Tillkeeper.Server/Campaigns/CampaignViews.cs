using Dapper;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Campaigns;

/// <summary>A group of a campaign as it is shown.</summary>
/// <param name="Steps">How many terminals stand at each step.</param>
internal sealed record GroupView(
    double Share,
    double Success,
    double Error,
    int Terminals,
    bool Started,
    IReadOnlyDictionary<string, int> Steps
);

/// <summary>A campaign as it is shown.</summary>
/// <param name="Estimates">How good the times were that shops were told.</param>
internal sealed record CampaignView(
    string Id,
    string Name,
    CampaignStatus Status,
    string? Reason,
    bool PausedItself,
    Artifact Artifact,
    MaintenanceWindow? Window,
    TimeSpan? ForcedAfter,
    bool Downgrade,
    string? CreatedBy,
    string? ApprovedBy,
    IReadOnlyList<GroupView> Groups,
    EstimateQuality Estimates
);

/// <summary>A terminal of a campaign.</summary>
/// <param name="Group">Counted from 1.</param>
/// <param name="Step">How far it is, as it last said.</param>
/// <param name="Code">Why it failed, or what it waits for.</param>
/// <param name="Took">How long the shop was closed.</param>
/// <param name="Estimate">How long it had been told that it would be.</param>
internal sealed record CampaignTerminalView(
    string Terminal,
    int Group,
    string Step,
    string? Code,
    TimeSpan? Took,
    TimeSpan? Estimate,
    DateTimeOffset Since,
    string Serial = ""
);

/// <summary>Reads campaigns for somebody; what is outside the subtree does not exist.</summary>
internal sealed class CampaignViews(Database database, States states)
{
    /// <summary>Updates that the quality of estimates is judged from.</summary>
    private const int MostMeasured = 10_000;

    public bool Sees(string id, Person person) =>
        database.Read(c =>
            c.ExecuteScalar<string>("SELECT place FROM campaigns WHERE id = @id", new { id })
        )
            is { } place
        && person.Sees(place);

    /// <summary>One page, and one more row when there is more.</summary>
    public IReadOnlyList<CampaignEndpoints.CampaignRow> List(
        Person person,
        Paging page,
        string? status
    )
    {
        var range = Subtree.Of(person, page);
        var rows = database.Read(c =>
            c.Query<(string Id, string Name, string Status, string Artifact, long At)>(
                    "SELECT id, name, status, artifact, at FROM campaigns WHERE place >= @From AND place < @To AND id > @After AND (@status IS NULL OR status = @status) ORDER BY id LIMIT @Most",
                    new
                    {
                        status,
                        range.From,
                        range.To,
                        range.After,
                        range.Most,
                    }
                )
                .AsList()
        );
        return
        [
            .. rows.Select(r =>
            {
                // Who is how far stands in the fold already; nobody's terminals are counted for a list.
                var campaign = states.Find(CampaignStreams.Kind, r.Id) ?? CampaignState.Empty;
                return new CampaignEndpoints.CampaignRow(
                    r.Id,
                    r.Name,
                    r.Status,
                    r.Artifact,
                    DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                    campaign.Artifact?.Name ?? "",
                    campaign.Artifact?.Version ?? "",
                    campaign.Groups.Sum(g => g.Size),
                    campaign.Groups.Sum(g => g.Done),
                    campaign.Groups.Sum(g => g.Errors)
                );
            }),
        ];
    }

    public CampaignView? Find(string id, Person person)
    {
        if (!Sees(id, person) || states.Find(CampaignStreams.Kind, id) is not { } s)
        {
            return null;
        }
        return new CampaignView(
            s.Id,
            s.Name,
            s.Status,
            s.Reason,
            s.Status == CampaignStatus.Paused && s.PausedBy is null,
            s.Artifact!,
            s.Window,
            s.ForcedAfter,
            s.Downgrade,
            person.SeesInside ? s.CreatedBy : null,
            person.SeesInside ? s.ApprovedBy : null,
            [
                .. s.Groups.Select(g => new GroupView(
                    g.Rule.Share,
                    g.Rule.Success,
                    g.Rule.Error,
                    g.Size,
                    g.Started,
                    g.Counts.Where(c => c.Value > 0)
                        .ToDictionary(c => Words.Of(c.Key), c => c.Value, StringComparer.Ordinal)
                )),
            ],
            Quality(id)
        );
    }

    /// <summary>One page, and one more row when there is more.</summary>
    public IReadOnlyList<CampaignTerminalView> Terminals(
        string id,
        Person person,
        Paging page,
        string? step
    )
    {
        var range = Subtree.Of(person, page);
        return database.Read(c =>
            c.Query<(
                string Terminal,
                long Part,
                string Step,
                string? Code,
                long? Took,
                long? Estimate,
                long At,
                string Serial
            )>(
                    "SELECT c.terminal, c.part, c.step, c.code, c.took, c.estimate, c.at, t.serial FROM campaign_terminals c JOIN terminals t ON t.id = c.terminal WHERE c.campaign = @id AND c.terminal > @After AND t.place >= @From AND t.place < @To AND (@step IS NULL OR c.step = @step) ORDER BY c.terminal LIMIT @Most",
                    new
                    {
                        id,
                        step,
                        range.From,
                        range.To,
                        range.After,
                        range.Most,
                    }
                )
                .Select(r => new CampaignTerminalView(
                    r.Terminal,
                    (int)r.Part + 1,
                    r.Step,
                    r.Code,
                    Span(r.Took),
                    Span(r.Estimate),
                    DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                    r.Serial
                ))
                .ToList()
        );
    }

    private EstimateQuality Quality(string id) =>
        Estimates.Judge(
            database.Read(c =>
                c.Query<(long Estimate, long Took)>(
                        "SELECT estimate, took FROM campaign_terminals WHERE campaign = @id AND step = 'done' AND took IS NOT NULL AND estimate IS NOT NULL LIMIT @MostMeasured",
                        new { id, MostMeasured }
                    )
                    .Select(r => (Span(r.Estimate)!.Value, Span(r.Took)!.Value))
                    .ToList()
            )
        );

    private static TimeSpan? Span(long? milliseconds) =>
        milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
