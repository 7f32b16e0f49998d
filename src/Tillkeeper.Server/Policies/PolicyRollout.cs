using Dapper;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Policies;

/// <summary>
/// Brings every change to the terminals it concerns, some at a time, so that other commands pass in between. How far it is stands in the
/// log: after a crash it goes on with the next terminal, and none is told twice.
/// </summary>
internal sealed partial class PolicyRollout(
    Appender appender,
    Database database,
    PolicyOrders orders,
    Tail tail,
    TimeProvider time,
    ILogger<PolicyRollout> logger
) : BackgroundService
{
    /// <summary>Terminals looked at in one command.</summary>
    internal const int AtOnce = 64;

    /// <summary>A wake-up that is missed costs this much time, never a terminal.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    private sealed record Open(long Revision, string Target, string After);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var change = tail.Listen(PolicyStreams.Kind.NameOf(PolicyStreams.Book));
        try
        {
            while (true)
            {
                stoppingToken.ThrowIfCancellationRequested();
                if (!await TryStep(stoppingToken))
                {
                    await change.Wait(Idle, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on where this one was.
        }
    }

    /// <summary>Takes the oldest change that is not out yet one step further; false when there is none.</summary>
    internal async Task<bool> Step()
    {
        var open = Oldest();
        if (open is null)
        {
            return false;
        }
        var terminals = Next(open);
        await appender.Run(Act.Server, work => Bring(work, open, terminals));
        return true;
    }

    private async Task<bool> TryStep(CancellationToken stopping)
    {
        try
        {
            return await Step();
        }
        // One change that fails must not end the bringing out of all others; the pause keeps it from spinning.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
            await Task.Delay(Idle, time, stopping);
            return false;
        }
    }

    private Open? Oldest() =>
        database.Read(c =>
            c.QueryFirstOrDefault<Open>(
                "SELECT revision, target, after FROM policy_rollouts WHERE done_at IS NULL ORDER BY revision LIMIT 1"
            )
        );

    private List<string> Next(Open open) =>
        database.Read(c =>
        {
            using Statements statements = new(c);
            Views views = new(statements);
            var (concerned, first, second) = PolicyTarget.Parse(open.Target)!.Concerned(views);
            return views.Query(
                $"SELECT t.id FROM terminals t WHERE {concerned} AND t.id > $3 ORDER BY t.id LIMIT {AtOnce}",
                r => r.GetString(0),
                first,
                second,
                open.After
            );
        });

    private bool Bring(Work work, Open open, List<string> terminals)
    {
        var after = (string?)
            work.Views.Scalar(
                "SELECT after FROM policy_rollouts WHERE revision = $1 AND done_at IS NULL",
                open.Revision
            );
        if (after != open.After)
        {
            // Somebody else took this step.
            return false;
        }
        var (ordered, skipped) = (0, 0);
        foreach (var terminal in terminals)
        {
            switch (orders.Bring(work, terminal))
            {
                case Brought.Ordered:
                    ordered++;
                    break;
                case Brought.Skipped:
                    skipped++;
                    break;
            }
        }
        work.Append(
            new PolicyBroughtOut(
                open.Revision,
                terminals.Count == 0 ? open.After : terminals[^1],
                terminals.Count,
                ordered,
                skipped,
                Done: terminals.Count < AtOnce
            )
        );
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A policy could not be brought to the terminals; it is tried again."
    )]
    private partial void LogFailed(Exception problem);
}
