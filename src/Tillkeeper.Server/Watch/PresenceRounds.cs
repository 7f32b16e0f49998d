using Dapper;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Watch;

/// <summary>Writes down who came and went, in batches, and has the outages looked for that this makes.</summary>
internal sealed class PresenceRounds(
    Appender appender,
    Database database,
    Presence presence,
    TimeProvider time
) : BackgroundService
{
    /// <summary>Transitions in one event.</summary>
    internal const int AtOnce = 1000;
    private const int MostBatches = 50;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>What one round has found another must not write again.</summary>
    private readonly SemaphoreSlim one = new(1, 1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the doors open, so that nobody is told a time that the record knows better.
        Restore();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Round();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever is connected now is given time to come back after the next start.
        }
    }

    /// <summary>Writes what has changed since the last round. Returns how many came or went.</summary>
    internal async Task<int> Round()
    {
        await one.WaitAsync();
        try
        {
            return await WriteChanges();
        }
        finally
        {
            one.Release();
        }
    }

    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    private async Task<int> WriteChanges()
    {
        var all = 0;
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var changes = presence.Changes(AtOnce);
            if (changes.Count == 0)
            {
                break;
            }
            await appender.Run(Act.Server, work => Write(work, changes));
            presence.Wrote(changes);
            all += changes.Count;
        }
        if (all > 0)
        {
            await appender.Run(
                Act.Server,
                work =>
                {
                    Outages.Look(work, presence);
                    return true;
                }
            );
        }
        return all;
    }

    private static bool Write(Work work, IReadOnlyList<PresenceChange> changes)
    {
        PresenceChanged changed = new(
            [.. changes.Where(c => c.Online).Select(c => c.Terminal)],
            [.. changes.Where(c => !c.Online).Select(c => new Gone(c.Terminal, c.LastSeenAt))]
        );
        work.Append(PresenceStreams.Kind, PresenceStreams.Id, PresenceStreams.Id, [changed]);
        return true;
    }

    /// <summary>Whoever was online when this server last wrote anything was there until then, as far as anybody knows.</summary>
    private void Restore()
    {
        var (rows, end) = database.Read(c =>
            (
                c.Query<(string Terminal, bool Online, long LastSeen)>(
                        "SELECT terminal, online, last_seen FROM presence"
                    )
                    .AsList(),
                c.ExecuteScalar<long?>(
                    "SELECT max(e.at) FROM shards s JOIN events e ON e.place = (s.shard << 48) + s.last_seq"
                ) ?? 0
            )
        );
        foreach (var (terminal, online, seen) in rows)
        {
            presence.Restore(
                terminal,
                online,
                DateTimeOffset.FromUnixTimeMilliseconds(online ? end : seen)
            );
        }
    }
}
