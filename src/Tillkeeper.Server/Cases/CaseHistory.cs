using Dapper;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Cases;

/// <summary>What happened in a case, told by the log: read from its newest event back, shown oldest first.</summary>
internal sealed class CaseHistory(Database database)
{
    /// <summary>Older events than these many are not shown; only reading documents over and over gets that far.</summary>
    public const int Most = 200;

    private const string Walk = """
        WITH RECURSIVE back (place, previous) AS (
          SELECT e.place, e.previous FROM streams s JOIN events e ON e.place = s.last_place WHERE s.stream = @stream
          UNION ALL
          SELECT e.place, e.previous FROM back b JOIN events e
            ON e.place = ((b.place >> 48) << 48) + b.previous WHERE b.previous > 0
          LIMIT @Most
        )
        SELECT e.type, e.at, e.actor, k.name, e.data FROM back JOIN events e USING (place)
        LEFT JOIN keys k ON e.actor = 'person/' || k.id ORDER BY e.place
        """;

    /// <param name="By">A person's name, <c>terminal</c> or <c>server</c>.</param>
    /// <param name="Actor">As the log names them, e.g. <c>person/K7...</c>.</param>
    internal sealed record Entry(
        DateTimeOffset At,
        string By,
        string Actor,
        string What,
        string Type
    );

    public IReadOnlyList<Entry> Read(string caseId)
    {
        var stream = CaseStreams.Kind.NameOf(caseId);
        var rows = database.Read(c =>
            c.Query<(string Type, long At, string Actor, string? Name, byte[] Data)>(
                    Walk,
                    new { stream, Most }
                )
                .AsList()
        );
        return
        [
            .. rows.Select(r => new Entry(
                DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                r.Name ?? r.Actor.Split('/')[0],
                r.Actor,
                Tell(CaseStreams.Kind.Catalogue.Read(r.Type, r.Data)),
                r.Type
            )),
        ];
    }

    private static string Tell(object happened) =>
        happened switch
        {
            CaseOpened e => $"opened the case, asking for {Words.Of(e.WayOut)}",
            DocumentAttached e => $"attached {e.Kind}",
            DocumentRead e => $"looked at {e.Kind}",
            CaseDecided { Outcome: CaseOutcome.Refuse } e => $"refused: {e.Reason}",
            CaseDecided { Missing.Count: > 0 } e =>
                $"approved without {string.Join(", ", e.Missing)}: {e.Reason}",
            CaseDecided e => $"approved: {e.Reason}",
            CodeIssued => "read out a one-time code",
            CaseProgressed { Step: CaseStep.Released } => "ended the lock",
            CaseProgressed => "took the new passcode",
            CaseClosed { Result: "signed_in" } => "settled: signed in with the new passcode",
            CaseClosed e => $"settled: {e.Result}",
            _ => throw new InvalidOperationException(
                $"The timeline does not know {happened.GetType().Name}."
            ),
        };
}
