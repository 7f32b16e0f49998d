using System.Runtime.InteropServices;
using Dapper;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Runtime;

/// <summary>
/// Fires what is due, once a second. Each timer is a command of its own; one that fails stays where it is and is tried again after a
/// pause that doubles, so that it neither gets lost nor holds up the others.
/// </summary>
internal sealed partial class TimerRounds : BackgroundService
{
    /// <summary>Timers fired in one round; the rest waits for the next one.</summary>
    internal const int AtOnce = 256;

    /// <summary>Rounds that follow each other at once while there is something due.</summary>
    private const int MostInARow = 16;

    /// <summary>Failed timers whose pause is remembered; beyond it they are tried in every round.</summary>
    private const int MostPaused = 10_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private sealed record Due(string Kind, string Key, long At);

    /// <param name="For">The due time that failed: a timer that was moved meanwhile starts anew.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pause(long For, int Failures, DateTimeOffset Until);

    private readonly Dictionary<(string Kind, string Key), Pause> paused = [];
    private readonly Dictionary<string, ITimerHandler> handlers;
    private readonly Appender appender;
    private readonly Database database;
    private readonly TimeProvider time;
    private readonly ILogger<TimerRounds> logger;

    public TimerRounds(
        IEnumerable<ITimerHandler> handlers,
        Appender appender,
        Database database,
        TimeProvider time,
        ILogger<TimerRounds> logger
    )
    {
        this.handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);
        this.appender = appender;
        this.database = database;
        this.time = time;
        this.logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // What goes on in many steps does not wait a second for each, nor keep everybody else from working.
                var inARow = 0;
                while (inARow < MostInARow && await Round() > 0)
                {
                    inARow++;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what is due then is due at the next start.
        }
    }

    /// <summary>Fires everything that is due now, as far as one round goes. Returns how many fired well.</summary>
    internal async Task<int> Round()
    {
        var now = time.GetUtcNow();
        var due = Find(now).Where(d => !IsPaused(d, now)).Take(AtOnce).ToArray();
        var fired = await Task.WhenAll(due.Select(d => TryFire(d, now)));
        return fired.Count(well => well);
    }

    private List<Due> Find(DateTimeOffset now) =>
        database.Read(c =>
            c.Query<Due>(
                    "SELECT kind, key, due AS at FROM timers WHERE due <= @now ORDER BY due LIMIT @most",
                    new { now = now.ToUnixTimeMilliseconds(), most = AtOnce + paused.Count }
                )
                .AsList()
        );

    private bool IsPaused(Due due, DateTimeOffset now) =>
        paused.TryGetValue((due.Kind, due.Key), out var pause)
        && pause.For == due.At
        && now < pause.Until;

    private async Task<bool> TryFire(Due due, DateTimeOffset now)
    {
        try
        {
            if (await Fire(due))
            {
                Forget(due);
                Meters.TimersFired.Add(1, new KeyValuePair<string, object?>("kind", due.Kind));
                return true;
            }
            LogStillDue(due.Kind, due.Key);
        }
        // Whatever it was, it concerns this timer alone; a disk that fails ends the process by itself.
        catch (Exception e)
        {
            LogFailed(due.Kind, due.Key, e);
        }
        Meters.TimersFailed.Add(1, new KeyValuePair<string, object?>("kind", due.Kind));
        Postpone(due, now);
        return false;
    }

    /// <summary>False when the handler left its timer as it was.</summary>
    private async Task<bool> Fire(Due due)
    {
        await appender.Run(
            Act.Server,
            work =>
            {
                // Another command may have cancelled or moved it since the round began.
                if (AtOf(work.Views, due) == due.At)
                {
                    HandlerOf(due).Fire(work, due.Key);
                }
                return true;
            }
        );
        return database.Read(c =>
                c.ExecuteScalar<long?>(
                    "SELECT due FROM timers WHERE kind = @Kind AND key = @Key",
                    due
                )
            ) != due.At;
    }

    private ITimerHandler HandlerOf(Due due) =>
        handlers.GetValueOrDefault(due.Kind)
        ?? throw new InvalidOperationException($"Nobody handles timers of the kind '{due.Kind}'.");

    private static long? AtOf(Views views, Due due) =>
        (long?)
            views.Scalar("SELECT due FROM timers WHERE kind = $1 AND key = $2", due.Kind, due.Key);

    private void Postpone(Due due, DateTimeOffset now)
    {
        lock (paused)
        {
            var failures =
                paused.TryGetValue((due.Kind, due.Key), out var before) && before.For == due.At
                    ? before.Failures + 1
                    : 1;
            if (paused.Count >= MostPaused)
            {
                paused.Clear();
            }
            // Doubled at most so often that it does not overflow.
            var pause = FirstPause * (1 << Math.Min(failures - 1, 20));
            paused[(due.Kind, due.Key)] = new Pause(
                due.At,
                failures,
                now + (pause < LongestPause ? pause : LongestPause)
            );
        }
    }

    private void Forget(Due due)
    {
        lock (paused)
        {
            paused.Remove((due.Kind, due.Key));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The timer {Kind} of {Key} failed; it is tried again."
    )]
    private partial void LogFailed(string kind, string key, Exception problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The timer {Kind} of {Key} is still due after it was handled; it is tried again."
    )]
    private partial void LogStillDue(string kind, string key);
}
