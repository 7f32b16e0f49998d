using Dapper;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Crisis;

/// <summary>
/// The breaker (B8): a rule that locks more than a share of the fleet within a time is set to shadow for everybody at once, and a crisis
/// opens. It looks at what is on record, once a second and only when there is something new, so it does not matter which side judged
/// the rule, and nothing is lost by a restart.
/// </summary>
internal sealed class BreakerWatch(
    Appender appender,
    Database database,
    PolicyBook policies,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>The last finding that was looked at.</summary>
    private long seen;

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
            // The server stops; the next start looks at everything again.
        }
    }

    /// <summary>Looks at the rules that have locked since the last look.</summary>
    internal async Task Round()
    {
        var newest = database.Read(c =>
            c.ExecuteScalar<long?>("SELECT max(rowid) FROM rule_hits") ?? 0
        );
        if (newest == seen)
        {
            return;
        }
        var rules = database.Read(c =>
            c.Query<string>(
                    "SELECT DISTINCT rule FROM rule_hits WHERE rowid > @seen AND effect = 'lock'",
                    new { seen }
                )
                .AsList()
        );
        foreach (var word in rules)
        {
            if (Words.TryParse<RuleName>(word, out var rule))
            {
                await appender.Run(Act.Server, work => Judge(work, rule));
            }
        }
        seen = newest;
    }

    private bool Judge(Work work, RuleName rule)
    {
        var standing = Crises.ActiveOf(work.Views, rule);
        if (standing is not null && RuleSwitch.IsForced(work, rule))
        {
            // What still comes in was locked before the terminals had heard of it; it belongs to that crisis.
            return false;
        }
        var limits = policies.OfProvider(work.Views).Breaker;
        var (window, settled) = (work.Now - limits.Window, Crises.LastEndOf(work.Views, rule));
        var since = settled > window ? settled : window;
        var locked = Crises.LockedBy(work.Views, rule, since);
        if (locked < limits.Minimum)
        {
            return false;
        }
        var fleet = Crises.Fleet(work.Views);
        if (!Trips(limits, locked, fleet))
        {
            return false;
        }
        var id = Ids.New();
        if (standing is not null)
        {
            work.Append(CrisisStreams.Kind, standing, standing, [new CrisisBounded(since, id)]);
        }
        Crises.Open(
            work,
            new CrisisOpened(
                id,
                since.AddMilliseconds(1),
                locked,
                fleet,
                "the breaker",
                Stopped: true,
                rule
            )
        );
        RuleSwitch.ForceShadow(work, rule, id);
        return true;
    }

    internal static bool Trips(Breaker limits, int locked, int fleet) =>
        locked >= limits.Minimum && locked * 100.0 > limits.SharePercent * fleet;
}
