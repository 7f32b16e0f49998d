using Microsoft.Data.Sqlite;

namespace Tillkeeper.Server.Storage.Sqlite;

/// <summary>A row of the log as it is read back.</summary>
internal sealed record StoredEvent(
    long Place,
    string Type,
    DateTimeOffset At,
    string Actor,
    string Source,
    byte[] Data
);

/// <summary>
/// Reads one stream without an index on the log: the state row holds its last place, each event the number of the one before.
/// </summary>
internal static class StreamRows
{
    /// <summary>At most this many steps back; a longer history is read in the log's own order.</summary>
    private const int MostSteps = 100_000;

    private const string Walk = """
        WITH RECURSIVE back (place, previous) AS (
          SELECT e.place, e.previous FROM streams s JOIN events e ON e.place = s.last_place WHERE s.stream = $1
          UNION ALL
          SELECT e.place, e.previous FROM back b JOIN events e
            ON e.place = ((b.place >> 48) << 48) + b.previous
            WHERE b.previous > 0 AND e.place > $2
          LIMIT $3
        )
        SELECT e.place, e.type, e.at, e.actor, e.source, e.data FROM back JOIN events e USING (place)
        WHERE e.place > $2 ORDER BY e.place LIMIT $4
        """;

    private const string WalkBack = """
        WITH RECURSIVE back (place, previous) AS (
          SELECT e.place, e.previous FROM streams s JOIN events e ON e.place = s.last_place WHERE s.stream = $1
          UNION ALL
          SELECT e.place, e.previous FROM back b JOIN events e
            ON e.place = ((b.place >> 48) << 48) + b.previous
            WHERE b.previous > 0
          LIMIT $3
        )
        SELECT e.place, e.type, e.at, e.actor, e.source, e.data FROM back JOIN events e USING (place)
        WHERE e.place < $2 ORDER BY e.place DESC LIMIT $4
        """;

    /// <summary>The stream's events before a place, newest first; from the end it takes no more steps than it gives rows.</summary>
    public static List<StoredEvent> Before(
        SqliteConnection connection,
        string stream,
        long before,
        int most
    ) =>
        Read(
            connection,
            WalkBack,
            stream,
            before,
            before == long.MaxValue ? most : MostSteps,
            most
        );

    /// <summary>The stream's events after a place, oldest first.</summary>
    public static List<StoredEvent> After(
        SqliteConnection connection,
        string stream,
        long after,
        int most
    ) => Read(connection, Walk, stream, after, MostSteps, most);

    private static List<StoredEvent> Read(
        SqliteConnection connection,
        string sql,
        string stream,
        long from,
        int steps,
        int most
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", stream);
        command.Parameters.AddWithValue("$2", from);
        command.Parameters.AddWithValue("$3", steps);
        command.Parameters.AddWithValue("$4", most);
        using var reader = command.ExecuteReader();
        List<StoredEvent> rows = [];
        while (reader.Read())
        {
            rows.Add(
                new StoredEvent(
                    reader.GetInt64(0),
                    reader.GetString(1),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                    reader.GetString(3),
                    reader.GetString(4),
                    reader.GetFieldValue<byte[]>(5)
                )
            );
        }
        return rows;
    }
}
