using Tillkeeper.Server.Storage;

namespace Tillkeeper.Server.Runtime;

/// <summary>
/// One command at work: it loads, decides and appends as if alone. Nothing it does is visible to anybody before the transaction that
/// holds it is durable, and nothing remains of it when it throws.
/// </summary>
internal sealed class Work(LogWriter log, Act act, DateTimeOffset now)
{
    private readonly Dictionary<string, (StreamKind Kind, object State)> loaded = new(
        StringComparer.Ordinal
    );
    private readonly List<Action> writes = [];

    /// <summary>When this is decided; one moment for everything in it, with the log's precision of a millisecond.</summary>
    public DateTimeOffset Now { get; } =
        DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());

    /// <summary>Reads of the views as they stand before this command.</summary>
    public Views Views => log.Views;

    public TState Load<TState, TEvent>(StreamKind<TState, TEvent> kind, string id)
        where TState : class
        where TEvent : class
    {
        var stream = kind.NameOf(id);
        if (loaded.TryGetValue(stream, out var own))
        {
            return (TState)own.State;
        }
        return (TState?)log.StateOf(stream, kind) ?? kind.Empty;
    }

    /// <summary>Appends events to a stream and to the views. <paramref name="shardKey"/>: what shares a shard.</summary>
    public void Append<TState, TEvent>(
        StreamKind<TState, TEvent> kind,
        string id,
        string shardKey,
        IEnumerable<TEvent> events
    )
        where TState : class
        where TEvent : class
    {
        var stream = kind.NameOf(id);
        var state = Load(kind, id);
        var shard = Shards.Of(shardKey);
        foreach (var happened in events)
        {
            var after = kind.Apply(state, happened);
            var projection = new Projection<TState, TEvent>(id, state, after, happened, Now);
            var type = kind.Catalogue.NameOf(happened);
            var data = kind.Catalogue.Write(happened);
            writes.Add(() =>
            {
                log.Append(shard, stream, type, Now, act, data);
                kind.Project(log.Views, projection);
            });
            state = after;
        }
        loaded[stream] = (kind, state);
    }

    /// <summary>Writes beside the log in the same transaction: sealed data, documents, certificates.</summary>
    public void Beside(Action<Views> write) => writes.Add(() => write(log.Views));

    /// <summary>Carries out what was decided. Called once, by the appender, when the command has returned.</summary>
    internal void Flush()
    {
        foreach (var write in writes)
        {
            write();
        }
        foreach (var (stream, (kind, state)) in loaded)
        {
            log.Touch(stream, kind, state);
        }
    }
}
