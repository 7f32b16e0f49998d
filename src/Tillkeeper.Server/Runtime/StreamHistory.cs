using Dapper;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Runtime;

/// <summary>The newest events of one stream as the log has them, told oldest first; read from its newest event back.</summary>
internal sealed class StreamHistory(Database database)
{
    private const string Walk = """
        WITH RECURSIVE back (place, previous) AS (
          SELECT e.place, e.previous FROM streams s JOIN events e ON e.place = s.last_place WHERE s.stream = @stream
          UNION ALL
          SELECT e.place, e.previous FROM back b JOIN events e
            ON e.place = ((b.place >> 48) << 48) + b.previous WHERE b.previous > 0
          LIMIT @most
        )
        SELECT e.type, e.at, e.actor, k.name, e.data FROM back JOIN events e USING (place)
        LEFT JOIN keys k ON e.actor = 'person/' || k.id ORDER BY e.place
        """;

    /// <param name="By">A person's name, <c>terminal</c> or <c>server</c>.</param>
    /// <param name="Actor">As the log names them, e.g. <c>person/K7...</c>.</param>
    internal sealed record Entry<TEvent>(
        DateTimeOffset At,
        string By,
        string Actor,
        string Type,
        TEvent Happened
    );

    /// <param name="most">Events older than these many are left out.</param>
    public IReadOnlyList<Entry<TEvent>> Read<TState, TEvent>(
        StreamKind<TState, TEvent> kind,
        string id,
        int most
    )
        where TState : class
        where TEvent : class
    {
        var stream = kind.NameOf(id);
        var rows = database.Read(c =>
            c.Query<(string Type, long At, string Actor, string? Name, byte[] Data)>(
                    Walk,
                    new { stream, most }
                )
                .AsList()
        );
        return
        [
            .. rows.Select(r => new Entry<TEvent>(
                DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                r.Name ?? r.Actor.Split('/')[0],
                r.Actor,
                r.Type,
                (TEvent)kind.Catalogue.Read(r.Type, r.Data)
            )),
        ];
    }
}
