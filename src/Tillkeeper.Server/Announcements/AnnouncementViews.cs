using Dapper;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Announcements;

/// <summary>Planned work as whoever it concerns sees it.</summary>
/// <param name="WorkingDays">How many working days ahead they were told.</param>
/// <param name="Urgent">Why that was fewer than five; null when it was not.</param>
internal sealed record AnnouncementView(
    string Id,
    DateTimeOffset From,
    DateTimeOffset Until,
    AnnouncementText Text,
    int WorkingDays,
    string? Urgent,
    DateTimeOffset MadeAt
);

/// <summary>Reads announcements: of one's own place, of those above it, and of those below it.</summary>
internal sealed class AnnouncementViews(Database database, TimeProvider time)
{
    private sealed record Row(
        string Id,
        long Begins,
        long Ends,
        string TextEn,
        string TextZh,
        long WorkingDays,
        string? Urgent,
        long MadeAt
    );

    private const string Page = """
        SELECT id, begins, ends, text_en AS textEn, text_zh AS textZh, working_days AS workingDays, urgent, made_at AS madeAt
        FROM announcements WHERE ends > @now AND withdrawn_at IS NULL
        AND ((place >= @From AND place < @To) OR substr(@From, 1, length(place)) = place)
        AND (@After = '' OR (ends, id) > (SELECT ends, id FROM announcements WHERE id = @After))
        ORDER BY ends, id LIMIT @Most
        """;

    /// <summary>What is not over, the nearest first.</summary>
    public Page<AnnouncementView> Ahead(Person person, Paging page)
    {
        DynamicParameters parameters = new(Subtree.Of(person, page));
        parameters.Add("now", time.GetUtcNow().ToUnixTimeMilliseconds());
        var rows = database.Read(c => c.Query<Row>(Page, parameters).AsList());
        return page.Cut([.. rows.Select(View)], a => a.Id);
    }

    private static AnnouncementView View(Row row) =>
        new(
            row.Id,
            DateTimeOffset.FromUnixTimeMilliseconds(row.Begins),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Ends),
            new AnnouncementText(row.TextEn, row.TextZh),
            (int)row.WorkingDays,
            row.Urgent,
            DateTimeOffset.FromUnixTimeMilliseconds(row.MadeAt)
        );
}
