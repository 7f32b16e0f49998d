using System.Globalization;
using System.Text.Json;
using Dapper;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Watch.Texts;

namespace Tillkeeper.Server.Watch;

/// <summary>An alert as the API shows it.</summary>
/// <param name="Title">In the language of the request.</param>
/// <param name="State"><c>open</c>, <c>gone</c> (what raised it is no longer so) or <c>settled</c>.</param>
/// <param name="Overdue">True when its due time has come and nobody settled it.</param>
/// <param name="Reminders">How often it was told again since.</param>
/// <param name="Timeline">Only where one alert is shown.</param>
internal sealed record AlertView(
    string Id,
    string Kind,
    string Title,
    string Severity,
    string State,
    string? TerminalId,
    string? Owner,
    DateTimeOffset? Due,
    bool Overdue,
    int Reminders,
    int Occurrences,
    DateTimeOffset OpenedAt,
    DateTimeOffset LastAt,
    IReadOnlyDictionary<string, string> Facts,
    IReadOnlyList<AlertStep>? Timeline = null
);

/// <param name="By">A person's name, or <c>server</c>.</param>
internal sealed record AlertStep(DateTimeOffset At, string By, string What);

/// <summary>Reads alerts for somebody: those of their subtree, and to agents and merchants only what concerns a terminal of theirs.</summary>
internal sealed class AlertViews(Database database, StreamHistory history)
{
    private const int MostSteps = 200;

    private const string Columns = """
        SELECT a.id, a.kind, a.severity, a.status, a.terminal, coalesce(k.name, a.owner) AS owner, a.due, a.overdue, a.occurrences,
          a.opened_at AS openedAt, a.last_at AS lastAt, a.facts
        FROM alerts a LEFT JOIN keys k ON k.id = a.owner
        WHERE a.place >= @From AND a.place < @To AND (@inside OR a.terminal IS NOT NULL)
        """;

    private const string Narrowed = $"""
        {Columns} AND (@State IS NULL OR a.status = @State) AND (@Kind IS NULL OR a.kind = @Kind)
        AND (@Severity IS NULL OR a.severity = @Severity) AND (@Terminal IS NULL OR a.terminal = @Terminal)
        AND (@owner IS NULL OR a.owner = @owner OR (@owner = 'none' AND a.owner IS NULL))
        """;

    /// <summary>The newest first: what somebody has to look at is seldom an old one.</summary>
    private const string OnePage = $"""
        {Narrowed}
        AND (@After = '' OR (a.opened_at, a.id) < (SELECT opened_at, id FROM alerts WHERE id = @After))
        ORDER BY a.opened_at DESC, a.id DESC LIMIT @Most
        """;

    /// <summary>What is due first comes first; what has no time comes last.</summary>
    private const string ByDue = $"""
        {Narrowed}
        AND (@After = '' OR (coalesce(a.due, 9223372036854775807), a.id) >
          (SELECT coalesce(due, 9223372036854775807), id FROM alerts WHERE id = @After))
        ORDER BY coalesce(a.due, 9223372036854775807), a.id LIMIT @Most
        """;

    internal sealed record Row
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Severity { get; init; } = "";
        public string Status { get; init; } = "";
        public string? Terminal { get; init; }
        public string? Owner { get; init; }
        public long? Due { get; init; }
        public int Overdue { get; init; }
        public int Occurrences { get; init; }
        public long OpenedAt { get; init; }
        public long LastAt { get; init; }
        public string Facts { get; init; } = "{}";
    }

    public Page<AlertView> List(Person person, Paging page, AlertFilter filter, CultureInfo culture)
    {
        var range = Subtree.Of(person, page);
        var rows = database.Read(c =>
            c.Query<Row>(
                    filter.Sort == "due" ? ByDue : OnePage,
                    new
                    {
                        range.From,
                        range.To,
                        range.After,
                        range.Most,
                        inside = person.SeesInside,
                        filter.State,
                        filter.Kind,
                        filter.Severity,
                        filter.Terminal,
                        owner = filter.Owner == "me" ? person.Id : filter.Owner,
                    }
                )
                .AsList()
        );
        return page.Cut([.. rows.Select(r => Of(r, culture))], a => a.Id);
    }

    public AlertView? Find(string id, Person person, CultureInfo culture)
    {
        var range = new
        {
            From = person.Place,
            To = person.Place + "\uFFFF",
            inside = person.SeesInside,
            id,
        };
        var row = database.Read(c =>
            c.QueryFirstOrDefault<Row>($"{Columns} AND a.id = @id", range)
        );
        if (row is null)
        {
            return null;
        }
        var shown = Of(row, culture);
        return person.SeesInside ? shown with { Timeline = Timeline(id, culture) } : shown;
    }

    private IReadOnlyList<AlertStep> Timeline(string id, CultureInfo culture) =>
        [
            .. history
                .Read(AlertStreams.Kind, id, MostSteps)
                .Select(e => new AlertStep(e.At, e.By, Tell(e.Happened, culture))),
        ];

    private static string Tell(IAlertEvent happened, CultureInfo culture) =>
        happened switch
        {
            AlertOpened => AlertTexts.Step("opened", culture),
            AlertOccurred => AlertTexts.Step("again", culture),
            AlertOwned => AlertTexts.Step("owned", culture),
            AlertDueSet => AlertTexts.Step("due", culture),
            AlertOverdue => AlertTexts.Step("overdue", culture),
            AlertGone => AlertTexts.Step("gone", culture),
            AlertSettled e => AlertTexts.Step("settled", culture, e.Reason),
            _ => throw new InvalidOperationException(
                $"The timeline does not know {happened.GetType().Name}."
            ),
        };

    private static AlertView Of(Row row, CultureInfo culture)
    {
        var facts = JsonSerializer.Deserialize(
            row.Facts,
            AlertJson.Default.ImmutableSortedDictionaryStringString
        )!;
        return new AlertView(
            row.Id,
            row.Kind,
            AlertTexts.Title(row.Kind, facts, culture),
            row.Severity,
            row.Status,
            row.Terminal,
            row.Owner,
            TimeOf(row.Due),
            row.Overdue > 0,
            row.Overdue,
            row.Occurrences,
            DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(row.LastAt),
            facts
        );
    }

    private static DateTimeOffset? TimeOf(long? ms) =>
        ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}
