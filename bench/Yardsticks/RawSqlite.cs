using System.Diagnostics;
using SQLitePCL;
using Tillkeeper.Bench.Load;
using Tillkeeper.Bench.Measuring;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Bench.Yardsticks;

/// <summary>
/// What SQLite itself can do: ready rows into the same two tables with the same pragmas, through its C interface, statements prepared
/// once, 64 events a transaction, one thread. It decides nothing, hashes nothing and keeps no heads.
/// </summary>
internal static class RawSqlite
{
    private const int InTransaction = 64;

    /// <param name="inARow">How many events of one terminal follow each other before the next one's.</param>
    /// <returns>Durable events a second.</returns>
    public static async Task<double> Run(Scratch scratch, int terminals, int events, int inARow = 1)
    {
        var file = Path.Combine(scratch.New(), "raw.db");
        var rows = await Seed(file, terminals);
        using var database = new Database(file);
        var clock = Stopwatch.StartNew();
        Insert(database.Writer.Handle!, rows, events, inARow);
        return events / clock.Elapsed.TotalSeconds;
    }

    /// <summary>The rows to insert, for terminals that are in the database as they are in ours.</summary>
    internal static async Task<SampleRow[]> Seed(string file, int terminals)
    {
        await using var handler = await Handler.Open(file, terminals);
        return SampleRow.Make(handler.States());
    }

    private static void Insert(sqlite3 connection, SampleRow[] rows, int events, int inARow)
    {
        using var begin = Prepare(connection, "BEGIN IMMEDIATE");
        using var commit = Prepare(connection, "COMMIT");
        using var log = Prepare(
            connection,
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        );
        using var state = Prepare(
            connection,
            "INSERT INTO streams VALUES (?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE SET version = excluded.version, last_place = excluded.last_place, state = excluded.state"
        );
        // Beyond what enrolling the terminals took.
        var seqs = Enumerable.Repeat(1_000_000L, Shards.Count).ToArray();
        for (var i = 0; i < events; i++)
        {
            if (i % InTransaction == 0)
            {
                Step(begin);
            }
            var row = SampleRow.At(rows, i, inARow);
            var seq = ++seqs[row.Shard];
            WriteEvent(log, row, Shards.PlaceOf(row.Shard, seq), seq);
            WriteState(state, row, Shards.PlaceOf(row.Shard, seq), seq);
            if (i % InTransaction == InTransaction - 1 || i == events - 1)
            {
                Step(commit);
            }
        }
    }

    private static void WriteEvent(sqlite3_stmt statement, SampleRow row, long place, long seq)
    {
        raw.sqlite3_bind_int64(statement, 1, place);
        raw.sqlite3_bind_text(statement, 2, row.Stream);
        raw.sqlite3_bind_int64(statement, 3, seq);
        raw.sqlite3_bind_int64(statement, 4, seq - 1);
        raw.sqlite3_bind_text(statement, 5, row.Type);
        raw.sqlite3_bind_int64(statement, 6, 1_795_000_000_000 + seq);
        raw.sqlite3_bind_text(statement, 7, row.Actor);
        raw.sqlite3_bind_text(statement, 8, row.Source);
        raw.sqlite3_bind_blob(statement, 9, row.Data);
        raw.sqlite3_bind_blob(statement, 10, row.Hash);
        Step(statement);
    }

    private static void WriteState(sqlite3_stmt statement, SampleRow row, long place, long seq)
    {
        raw.sqlite3_bind_text(statement, 1, row.Stream);
        raw.sqlite3_bind_int64(statement, 2, seq);
        raw.sqlite3_bind_int64(statement, 3, place);
        raw.sqlite3_bind_blob(statement, 4, row.State);
        Step(statement);
    }

    private static sqlite3_stmt Prepare(sqlite3 connection, string sql)
    {
        Check(raw.sqlite3_prepare_v2(connection, sql, out var statement));
        return statement;
    }

    private static void Step(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement) is raw.SQLITE_DONE ? raw.SQLITE_OK : raw.SQLITE_ERROR);
        Check(raw.sqlite3_reset(statement));
    }

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"SQLite says {code}.");
        }
    }
}
