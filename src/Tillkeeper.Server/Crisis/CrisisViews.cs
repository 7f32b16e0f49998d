using Dapper;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Crisis;

/// <summary>A crisis in a list.</summary>
internal sealed record CrisisRow(
    string Id,
    string? Rule,
    string? BatchId,
    string State,
    DateTimeOffset OpenedAt
);

/// <summary>A crisis as the API shows it.</summary>
/// <param name="Since">What its rule locked from here on belongs to it, up to <paramref name="Until"/>.</param>
/// <param name="Factors">What the locked terminals have in common that the fleet has not, the most telling first.</param>
/// <param name="Locks">The oldest of them; <paramref name="Counts"/> counts all.</param>
internal sealed record CrisisView(
    string Id,
    RuleName? Rule,
    string? BatchId,
    CrisisStatus State,
    string Reason,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    CrisisCounts Counts,
    IReadOnlyList<Factor> Factors,
    string? Message,
    Awaited? Awaits,
    IReadOnlyList<CrisisLockView> Locks,
    IReadOnlyList<CrisisTimeline.Step> Timeline
);

/// <summary>The second person is awaited for this.</summary>
internal sealed record Awaited(string What, string RequestedBy, string Reason);

/// <param name="Standing">Locks that stand.</param>
/// <param name="Releasing">Locks whose release the terminal has not confirmed yet.</param>
/// <param name="Released">Locks that are gone.</param>
/// <param name="Undone">What the undoing did so far, by outcome.</param>
internal sealed record CrisisCounts(
    int Fleet,
    int Terminals,
    int Locks,
    int Standing,
    int Releasing,
    int Released,
    IReadOnlyDictionary<string, int> Undone
);

/// <param name="State"><c>standing</c>, <c>releasing</c> or <c>released</c>.</param>
internal sealed record CrisisLockView(
    string TerminalId,
    string LockId,
    DateTimeOffset At,
    string State
);

/// <summary>Reads crises. Counts come from the folds of the terminals concerned, so that only what they confirmed is told as done.</summary>
internal sealed class CrisisViews(Database database, States states, CrisisTimeline timeline)
{
    private const int MostCounted = 20_000;
    private const int MostShown = 200;

    private const string OnePage = """
        SELECT id, rule, batch, status, opened_at FROM crises
        WHERE @After = '' OR (opened_at, id) < (SELECT opened_at, id FROM crises WHERE id = @After)
        ORDER BY opened_at DESC, id DESC LIMIT @most
        """;

    public Page<CrisisRow> List(Paging page)
    {
        var rows = database.Read(c =>
            c.Query<(string Id, string? Rule, string? Batch, string Status, long OpenedAt)>(
                    OnePage,
                    new { page.After, most = page.Limit + 1 }
                )
                .Select(r => new CrisisRow(
                    r.Id,
                    r.Rule,
                    r.Batch,
                    r.Status,
                    DateTimeOffset.FromUnixTimeMilliseconds(r.OpenedAt)
                ))
                .ToList()
        );
        return page.Cut(rows, r => r.Id);
    }

    public CrisisView? Find(string id)
    {
        if (states.Find(CrisisStreams.Kind, id) is not { } crisis)
        {
            return null;
        }
        var locks = Locks(crisis);
        int In(string state) => locks.Count(l => l.State == state);
        return new CrisisView(
            crisis.Id,
            crisis.Rule,
            crisis.Batch,
            crisis.Status,
            crisis.Reason,
            crisis.Since,
            crisis.Until,
            new CrisisCounts(
                crisis.Fleet,
                locks.Select(l => l.TerminalId).Distinct(StringComparer.Ordinal).Count(),
                locks.Count,
                In("standing"),
                In("releasing"),
                In("released"),
                crisis.Outcomes
            ),
            crisis.Factors,
            crisis.Message,
            AwaitedOf(crisis),
            [.. locks.Take(MostShown)],
            timeline.Read(id)
        );
    }

    private Awaited? AwaitedOf(CrisisState crisis) =>
        crisis switch
        {
            { Stop: { } stop } => new("stop", timeline.NameOf(stop.Person), stop.Reason),
            { Undo: { } undo } => new("undo", timeline.NameOf(undo.Person), undo.Reason),
            _ => null,
        };

    private List<CrisisLockView> Locks(CrisisState crisis)
    {
        var locks = database.Read(c => CrisisLocks.Of(c, crisis, MostCounted));
        return
        [
            .. locks
                .GroupBy(l => l.Terminal, StringComparer.Ordinal)
                .SelectMany(g =>
                {
                    var standing = states.Find(TerminalStreams.Kind, g.Key)?.Locks;
                    return g.Select(l => new CrisisLockView(
                        l.Terminal,
                        l.LockId,
                        l.At,
                        standing?.GetValueOrDefault(l.LockId)?.Lock.Status switch
                        {
                            null => "released",
                            LockStatus.Releasing => "releasing",
                            _ => "standing",
                        }
                    ));
                })
                .OrderBy(l => l.At)
                .ThenBy(l => l.TerminalId, StringComparer.Ordinal),
        ];
    }
}
