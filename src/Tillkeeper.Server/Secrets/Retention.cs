using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Secrets;

/// <summary>
/// Erases what has had its time: data of persons and documents on their dates, answers kept for repeated requests after a day. The log
/// holds only ids and commitments of them, so its chain goes on verifying.
/// </summary>
internal sealed class Retention(Appender appender, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan AnswersKept = TimeSpan.FromHours(24);

    /// <summary>Rows erased at a time, so that everybody else's commands pass in between.</summary>
    private const int AtOnce = 200;

    private static readonly string[] Expired =
    [
        "DELETE FROM personal_data WHERE id IN (SELECT id FROM personal_data WHERE erase_after < $1 LIMIT $2)",
        "DELETE FROM document_marks WHERE document IN (SELECT document FROM document_marks WHERE erase_after < $1 LIMIT $2)",
        "DELETE FROM documents WHERE id IN (SELECT id FROM documents WHERE erase_after < $1 LIMIT $2)",
    ];

    /// <summary>One round: everything that is due. Returns how many rows went.</summary>
    internal async Task<int> Erase()
    {
        var now = time.GetUtcNow();
        var erased = 0;
        foreach (var sql in Expired)
        {
            erased += await Drain(sql, now);
        }
        return erased
            + await Drain(
                "DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE at < $1 LIMIT $2)",
                now - AnswersKept
            );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await Erase();
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next start goes on.
        }
    }

    private async Task<int> Drain(string sql, DateTimeOffset before)
    {
        var all = 0;
        while (true)
        {
            var erased = 0;
            await appender.Run(
                Act.Server,
                work =>
                {
                    work.Beside(v =>
                        erased = v.Write(sql, before.ToUnixTimeMilliseconds(), AtOnce)
                    );
                    return true;
                }
            );
            all += erased;
            if (erased < AtOnce)
            {
                return all;
            }
        }
    }
}
