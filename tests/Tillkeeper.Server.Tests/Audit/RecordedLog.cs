using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Audit;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Audit;

/// <summary>The files of a server that ran for a while and was stopped: some hundred events of every kind, in all four shards.</summary>
public sealed class RecordedLog : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        await using RunningServer server = new();
        await server.InitializeAsync();
        using (var tree = await Tree.Plant(server))
        {
            // Ids are random, and so are their shards.
            for (var i = 0; i < 40 && server.ShortestShard() < 15; i++)
            {
                var merchant = await Shop.NewMerchant(server, tree.OrgA);
                using var terminal = await DoorTerminal.Enrol(server, merchant);
                (await terminal.Send(Line.Run(20))).Expect(200);
            }
        }
        // Copied while it runs, checkpoints last: a copy is what somebody who tampers works on.
        server.Anchor();
        using (
            SqliteConnection running = new(
                $"Data Source={Path.Combine(server.Data, "tillkeeper.db")};Pooling=False"
            )
        )
        {
            running.Open();
            Database.Execute(running, $"VACUUM INTO '{folder.File("tillkeeper.db")}'");
        }
        foreach (var file in new[] { "master.key", "checkpoints.log" })
        {
            File.Copy(Path.Combine(server.Data, file), folder.File(file));
        }
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Tampered Copy() => new(folder);
}

/// <summary>A copy of the files for one test to tamper with.</summary>
internal sealed class Tampered : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Database database;

    public Tampered(TempFolder original)
    {
        foreach (var file in new[] { "tillkeeper.db", "master.key", "checkpoints.log" })
        {
            File.Copy(original.File(file), folder.File(file));
        }
        database = new Database(folder.File("tillkeeper.db"));
        // Power cuts are not this test's matter, two thousand syncs would be its time.
        Run("PRAGMA synchronous=OFF");
        Keys = FileMasterKey.LoadOrCreate(folder.File("master.key"), mayCreate: false);
    }

    public SqliteConnection Writer => database.Writer;
    public string Checkpoints => folder.File("checkpoints.log");
    public IKeys Keys { get; }

    public AuditReport Verify() =>
        new LogVerifier(database, new CheckpointFile(Checkpoints, Keys)).Verify();

    public void Run(string sql, params (string Name, object? Value)[] values)
    {
        using var command = Writer.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
        command.ExecuteNonQuery();
    }

    public long Ask(string sql)
    {
        using var command = Writer.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>What somebody with the database and this program's source, but without the master key, can make consistent again.</summary>
    public void Rechain(int shard)
    {
        var rows = Rows(shard);
        var head = HashChain.Genesis;
        foreach (var row in rows)
        {
            var hash = new byte[HashChain.HashBytes];
            HashChain.Next(head, row, hash);
            Run(
                "UPDATE events SET hash = $hash WHERE place = $place",
                ("$hash", hash),
                ("$place", Shards.PlaceOf(shard, row.Seq))
            );
            head = hash;
        }
        Run(
            "UPDATE shards SET last_seq = $seq, head_hash = $hash WHERE shard = $shard",
            ("$seq", rows.Count),
            ("$hash", head),
            ("$shard", shard)
        );
    }

    private List<LogRow> Rows(int shard)
    {
        using var command = Writer.CreateCommand();
        command.CommandText =
            "SELECT place, stream, version, previous, type, at, actor, source, data FROM events WHERE place >> 48 = $shard ORDER BY place";
        command.Parameters.AddWithValue("$shard", shard);
        using var reader = command.ExecuteReader();
        List<LogRow> rows = [];
        while (reader.Read())
        {
            rows.Add(
                new LogRow(
                    shard,
                    Shards.SeqAt(reader.GetInt64(0)),
                    reader.GetString(1),
                    reader.GetInt64(2),
                    reader.GetInt64(3),
                    reader.GetString(4),
                    reader.GetInt64(5),
                    reader.GetString(6),
                    reader.GetString(7),
                    reader.GetFieldValue<byte[]>(8)
                )
            );
        }
        return rows;
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
