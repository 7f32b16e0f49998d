using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Terminals.Door;

namespace Tillkeeper.Bench.Load;

/// <summary>The server's command handler in this process, on a new database with enrolled terminals.</summary>
internal sealed class Handler : IAsyncDisposable
{
    private static readonly Dictionary<long, string> NothingEarlier = [];

    private readonly Database database;
    private readonly Appender appender;

    private sealed record Source(TerminalIdentity Identity, LockCycle Events);

    private readonly Source[] sources;

    private Handler(Database database, Appender appender, TerminalIdentity[] terminals)
    {
        this.database = database;
        this.appender = appender;
        sources = [.. terminals.Select(t => new Source(t, new LockCycle(t.Id)))];
    }

    public static async Task<Handler> Open(string file, int terminals)
    {
        var log = new Database(file);
        var writer = new Appender(
            log,
            new Tail(),
            TimeProvider.System,
            NullLogger<Appender>.Instance,
            problem => Environment.FailFast("The disk failed.", problem)
        );
        return new Handler(log, writer, await EnrolledTerminals.Make(writer, terminals));
    }

    public int Terminals => sources.Length;

    /// <summary>The folds of the terminals as they stand.</summary>
    public IReadOnlyList<TerminalState> States()
    {
        var states = new States(database);
        return [.. sources.Select(s => states.Find(TerminalStreams.Kind, s.Identity.Id)!)];
    }

    /// <summary>Reports the next event of one terminal; done when it is durable.</summary>
    public async Task Report(int terminal)
    {
        var (identity, events) = sources[terminal];
        var next = events.Next();
        var (acknowledged, refusal) = await appender.Run(
            identity.Act,
            work => UplinkEndpoint.Decide(work, identity, [next], NothingEarlier)
        );
        if (refusal is not null || acknowledged < next.Seq)
        {
            throw new InvalidOperationException($"Refused: {refusal?.Detail}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await appender.DisposeAsync();
        database.Dispose();
    }
}
