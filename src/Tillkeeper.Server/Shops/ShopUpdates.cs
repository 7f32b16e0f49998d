using Dapper;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Shops;

/// <summary>An update that will come to terminals of an owner.</summary>
/// <param name="Terminals">How many of theirs still wait for it.</param>
/// <param name="Window">When it may begin; at any time when there is none.</param>
/// <param name="ForcedAfter">How long after its offer it waits for the window at most.</param>
internal sealed record ShopUpdate(
    string Name,
    string Version,
    int Terminals,
    DateTimeOffset PlannedAt,
    MaintenanceWindow? Window = null,
    TimeSpan? ForcedAfter = null
);

/// <summary>The updates that are planned for an owner's terminals; the provider's campaigns themselves are not theirs to see.</summary>
internal sealed class ShopUpdates(Database database, States states)
{
    private const int Most = 20;

    private const string Planned = """
        SELECT c.campaign, count(*), min(c.at) FROM terminals t
        JOIN campaigns k ON k.status IN ('running', 'paused')
        JOIN campaign_terminals c ON c.campaign = k.id AND c.terminal = t.id
        WHERE t.place >= @From AND t.place < @To AND c.step IN ('planned', 'offered', 'downloading', 'downloaded', 'waiting')
        GROUP BY c.campaign ORDER BY min(c.at) LIMIT @Most
        """;

    public IReadOnlyList<ShopUpdate> Of(Person person) =>
        [
            .. database
                .Read(c =>
                    c.Query<(string Campaign, long Terminals, long At)>(
                            Planned,
                            new
                            {
                                From = person.Place,
                                To = person.Place + "\uFFFF",
                                Most,
                            }
                        )
                        .AsList()
                )
                .Select(r => (Row: r, State: states.Find(CampaignStreams.Kind, r.Campaign)))
                .Where(r => r.State is not null)
                .Select(r => new ShopUpdate(
                    r.State!.Name,
                    r.State.Artifact!.Version,
                    (int)r.Row.Terminals,
                    DateTimeOffset.FromUnixTimeMilliseconds(r.Row.At),
                    r.State.Window,
                    r.State.ForcedAfter
                )),
        ];
}
