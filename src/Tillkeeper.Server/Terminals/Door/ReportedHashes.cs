using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>
/// The hashes on record of what a terminal reported earlier, for telling a repeat from a contradiction. Nothing is read in the normal
/// case; older repeats are looked up once a request, before it is decided: on the request's own thread, the appender's is everybody's.
/// </summary>
internal sealed class ReportedHashes(Database database, States states)
{
    /// <summary>How far back a repeat is still compared; what is older is taken as the repeat that it says it is.</summary>
    private const int MostSteps = 5_000;

    /// <summary>The hashes from <paramref name="downTo"/> upwards, as they stood before this request.</summary>
    public IReadOnlyDictionary<long, string> From(string terminal, long downTo)
    {
        Dictionary<long, string> found = [];
        if (states.Find(TerminalStreams.Kind, terminal) is { } state && downTo < state.ReportedSeq)
        {
            database.Read(connection => Walk(connection, state, downTo, found));
        }
        return found;
    }

    private static bool Walk(
        SqliteConnection connection,
        TerminalState state,
        long downTo,
        Dictionary<long, string> found
    )
    {
        using var statements = new Statements(connection);
        var stream = TerminalStreams.Kind.NameOf(state.Id);
        var place =
            statements.Scalar("SELECT last_place FROM streams WHERE stream = $1", stream) as long?
            ?? 0;
        for (var step = 0; place > 0 && step < MostSteps; step++)
        {
            var (type, previous, data) = statements
                .Query(
                    "SELECT type, previous, data FROM events WHERE place = $1",
                    r => (r.GetString(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)),
                    place
                )
                .Single();
            if (type == "terminal.enrolled.v1")
            {
                return true;
            }
            if (type == "terminal.reported.v1")
            {
                var reported = JsonSerializer.Deserialize(data, CoreJson.Default.TerminalReported)!;
                found[reported.Seq] = reported.Hash;
                if (reported.Seq <= downTo)
                {
                    return true;
                }
            }
            place = previous == 0 ? 0 : Shards.PlaceOf(Shards.ShardAt(place), previous);
        }
        return false;
    }
}
