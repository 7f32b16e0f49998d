using Tillkeeper.Core.Audit;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Runtime;

/// <summary>
/// The pen of the log: numbers, chains and inserts rows, and writes each touched stream's fold once a transaction. Used by one thread.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    /// <summary>Folds kept in memory; beyond it the least useful are dropped and read again when needed.</summary>
    private const int MostCached = 200_000;

    private sealed class Head
    {
        public long Seq;
        public byte[] Hash = new byte[HashChain.HashBytes];
    }

    /// <summary>A stream as the log has it, the open transaction included.</summary>
    private sealed record Entry(long Version, long LastPlace, StreamKind? Kind, object? State);

    private readonly Database database;
    private readonly Statements statements;
    private readonly Head[] heads = [.. Enumerable.Range(0, Shards.Count).Select(_ => new Head())];
    private readonly Dictionary<string, Entry> cache = new(StringComparer.Ordinal);
    private readonly HashSet<string> touched = new(StringComparer.Ordinal);
    private readonly HashSet<int> moved = [];

    public LogWriter(Database database)
    {
        this.database = database;
        statements = new Statements(database.Writer);
        Views = new Views(statements);
        ReadHeads();
    }

    public Views Views { get; }

    /// <summary>Streams touched by the open transaction.</summary>
    public IReadOnlyCollection<string> Touched => touched;

    /// <summary>Events in the open transaction.</summary>
    public int Appended { get; private set; }

    public void Begin()
    {
        statements.Transaction = database.Writer.BeginTransaction(deferred: false);
        touched.Clear();
        moved.Clear();
        Appended = 0;
    }

    /// <summary>Makes the transaction durable; when this returns, what was decided in it may be told.</summary>
    public void Commit()
    {
        foreach (var stream in touched)
        {
            var entry = cache[stream];
            statements.Execute(
                "INSERT INTO streams VALUES ($1, $2, $3, $4) ON CONFLICT (stream) DO UPDATE SET version = excluded.version, last_place = excluded.last_place, state = excluded.state",
                stream,
                entry.Version,
                entry.LastPlace,
                entry.Kind!.WriteState(entry.State!)
            );
        }
        foreach (var shard in moved)
        {
            statements.Execute(
                "INSERT INTO shards VALUES ($1, $2, $3) ON CONFLICT (shard) DO UPDATE SET last_seq = excluded.last_seq, head_hash = excluded.head_hash",
                shard,
                heads[shard].Seq,
                heads[shard].Hash
            );
        }
        statements.Transaction!.Commit();
        End();
    }

    /// <summary>Forgets the transaction and everything believed because of it.</summary>
    public void Rollback()
    {
        statements.Transaction?.Rollback();
        End();
        cache.Clear();
        ReadHeads();
    }

    public object? StateOf(string stream, StreamKind kind)
    {
        var entry = Find(stream, kind);
        return entry?.State;
    }

    public void Append(
        int shard,
        string stream,
        string type,
        DateTimeOffset at,
        Act act,
        byte[] data
    )
    {
        var head = heads[shard];
        var entry = Find(stream, null);
        var row = new LogRow(
            shard,
            head.Seq + 1,
            stream,
            (entry?.Version ?? 0) + 1,
            entry is null ? 0 : Shards.SeqAt(entry.LastPlace),
            type,
            at.ToUnixTimeMilliseconds(),
            act.Actor,
            act.Source,
            data
        );
        var hash = new byte[HashChain.HashBytes];
        HashChain.Next(head.Hash, row, hash);
        var place = Shards.PlaceOf(shard, row.Seq);
        statements.Execute(
            "INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            place,
            stream,
            row.Version,
            row.Previous,
            type,
            row.At,
            act.Actor,
            act.Source,
            data,
            hash
        );
        head.Seq = row.Seq;
        head.Hash = hash;
        moved.Add(shard);
        Appended++;
        cache[stream] = new Entry(row.Version, place, entry?.Kind, entry?.State);
    }

    /// <summary>Notes the new fold of a stream; written once, at the commit.</summary>
    public void Touch(string stream, StreamKind kind, object state)
    {
        if (cache.TryGetValue(stream, out var entry))
        {
            cache[stream] = entry with { Kind = kind, State = state };
            touched.Add(stream);
        }
    }

    public void Dispose() => statements.Dispose();

    private Entry? Find(string stream, StreamKind? kind)
    {
        if (cache.TryGetValue(stream, out var known))
        {
            return known;
        }
        var rows = statements.Query(
            "SELECT version, last_place, state FROM streams WHERE stream = $1",
            r => (Version: r.GetInt64(0), Place: r.GetInt64(1), State: r.GetFieldValue<byte[]>(2)),
            stream
        );
        if (rows is not [var row])
        {
            return null;
        }
        var entry = new Entry(row.Version, row.Place, kind, kind?.ReadState(row.State));
        if (kind is not null)
        {
            cache[stream] = entry;
        }
        return entry;
    }

    private void End()
    {
        statements.Transaction?.Dispose();
        statements.Transaction = null;
        if (cache.Count > MostCached)
        {
            cache.Clear();
        }
    }

    private void ReadHeads()
    {
        foreach (var head in heads)
        {
            head.Seq = 0;
            head.Hash = new byte[HashChain.HashBytes];
        }
        var rows = statements.Query(
            "SELECT shard, last_seq, head_hash FROM shards",
            r => (Shard: r.GetInt32(0), Seq: r.GetInt64(1), Hash: r.GetFieldValue<byte[]>(2))
        );
        foreach (var row in rows)
        {
            heads[row.Shard].Seq = row.Seq;
            heads[row.Shard].Hash = row.Hash;
        }
    }
}
