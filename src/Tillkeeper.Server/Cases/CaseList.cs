using System.Diagnostics.CodeAnalysis;
using System.Text;
using Dapper;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <param name="ExpectedEnd">Of the lock, while it stands and somebody named one.</param>
/// <param name="Assignee">The id of a person.</param>
internal sealed record CaseRow(
    string Id,
    string State,
    string TerminalId,
    string LockId,
    string Cause,
    string WayOut,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ExpectedEnd,
    string? Number,
    DateTimeOffset? Due,
    bool Overdue,
    string? Assignee,
    string? AssigneeName,
    Severity Severity,
    string? Serial,
    string MerchantId,
    string? Merchant
);

/// <summary>Reads one page of the cases that somebody may see.</summary>
internal sealed class CaseList(Database database, States states)
{
    private const string Columns = """
        SELECT c.id, c.status, c.terminal, c.lock_id AS lockId, c.cause, c.way_out AS wayOut, c.opened_at AS openedAt, c.place,
          f.number, f.due, coalesce(f.overdue, 0) AS overdue, f.assignee, k.name AS assigneeName, t.serial
        FROM cases c LEFT JOIN case_facts f ON f.id = c.id LEFT JOIN keys k ON k.id = f.assignee
        LEFT JOIN terminals t ON t.id = c.terminal
        WHERE c.place >= @From AND c.place < @To
        """;

    /// <summary>What never was promised by a time comes last.</summary>
    private const string Never = "coalesce(f.due, 9223372036854775807)";

    private const string ByDue = $"""
         AND (@After = '' OR ({Never}, c.id) >
           (SELECT coalesce(due, 9223372036854775807), id FROM case_facts WHERE id = @After))
         ORDER BY {Never}, c.id LIMIT @Most
        """;

    private const string ById = " AND c.id > @After ORDER BY c.id LIMIT @Most";

    [SuppressMessage("Major Code Smell", "S1144", Justification = "Dapper sets them.")]
    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Status { get; init; } = "";
        public string Terminal { get; init; } = "";
        public string LockId { get; init; } = "";
        public string Cause { get; init; } = "";
        public string WayOut { get; init; } = "";
        public long OpenedAt { get; init; }
        public string Place { get; init; } = "";
        public string? Number { get; init; }
        public long? Due { get; init; }
        public bool Overdue { get; init; }
        public string? Assignee { get; init; }
        public string? AssigneeName { get; init; }
        public string? Serial { get; init; }
    }

    public Page<CaseRow> Read(CaseFilter filter, Person person, Paging page)
    {
        DynamicParameters given = new(Subtree.Of(person, page));
        var sql = Query(filter, person, given);
        var (rows, merchants) = database.Read(c =>
        {
            var found = c.Query<Row>(sql, given).AsList();
            var named = c.Query<(string Id, string Name)>(
                "SELECT id, name FROM merchants WHERE id IN @ids",
                new { ids = found.Select(r => Places.LastOf(r.Place)).Distinct() }
            );
            return (found, named.ToDictionary(m => m.Id, m => m.Name, StringComparer.Ordinal));
        });
        return page.Cut([.. rows.Select(r => Of(r, merchants))], r => r.Id);
    }

    /// <summary>Only what is asked for stands in the query, so that an index can serve the plain questions that are asked all day.</summary>
    private static string Query(CaseFilter filter, Person person, DynamicParameters given)
    {
        StringBuilder sql = new(Columns);
        Narrow("c.status IN @states", "states", filter.States);
        Narrow("c.cause IN @causes", "causes", filter.Causes);
        Narrow("c.way_out = @wayOut", "wayOut", CaseFilter.Given(filter.WayOut));
        Narrow("c.terminal = @terminal", "terminal", CaseFilter.Given(filter.Terminal));
        Narrow("f.number = @number", "number", CaseNumber.Read(filter.Number));
        Narrow(
            "f.overdue = @overdue AND c.status IN ('open', 'approved')",
            "overdue",
            filter.Overdue
        );
        if (CaseFilter.Given(filter.Merchant) is { } merchant)
        {
            given.Add("like", $"%{Escaped(merchant)}%");
            Narrow(
                "c.place IN (SELECT place FROM merchants WHERE id = @merchant OR name LIKE @like ESCAPE '\\')",
                "merchant",
                merchant
            );
        }
        switch (CaseFilter.Given(filter.Assignee))
        {
            case "none":
                sql.Append(" AND f.assignee IS NULL");
                break;
            case { } assignee:
                Narrow(
                    "f.assignee = @assignee",
                    "assignee",
                    assignee == "me" ? person.Id : assignee
                );
                break;
        }
        return sql.Append(filter.ByDue ? ByDue : ById).ToString();

        void Narrow(string condition, string name, object? value)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(condition);
                given.Add(name, value);
            }
        }
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    private CaseRow Of(Row r, Dictionary<string, string> merchants) =>
        new(
            r.Id,
            r.Status,
            r.Terminal,
            r.LockId,
            r.Cause,
            r.WayOut,
            DateTimeOffset.FromUnixTimeMilliseconds(r.OpenedAt),
            states
                .Find(TerminalStreams.Kind, r.Terminal)
                ?.Locks.GetValueOrDefault(r.LockId)
                ?.Lock.ExpectedEnd,
            r.Number,
            r.Due is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null,
            r.Overdue,
            r.Assignee,
            r.AssigneeName,
            Words.TryParse<Cause>(r.Cause, out var cause)
                ? LockTable.Of(cause).Severity
                : Severity.Notice,
            r.Serial,
            Places.LastOf(r.Place),
            merchants.GetValueOrDefault(Places.LastOf(r.Place))
        );
}
