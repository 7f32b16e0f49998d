using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Runtime;

/// <summary>
/// Where every command is decided and made durable. One thread runs the commands one after another, as many as are waiting into one
/// transaction (group commit), and answers none of them before that transaction is on the disk. Two commands on one stream can
/// therefore never both decide from the same state.
/// </summary>
internal sealed partial class Appender : IAsyncDisposable
{
    private const int MostInBatch = 512;
    private const int MostWaiting = 20_000;

    // SQLite result codes (sqlite.org/rescode.html): every other one is the disk's or the file's.
    private const int SqlError = 1;
    private const int Constraint = 19;
    private const int TooBig = 18;

    private interface IJob
    {
        void Run(LogWriter log);
        void Succeed();
        void Fail(Exception failure);
    }

    private readonly Channel<IJob> jobs = Channel.CreateBounded<IJob>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );
    private readonly LogWriter log;
    private readonly Tail tail;
    private readonly TimeProvider time;
    private readonly ILogger<Appender> logger;
    private readonly Action<Exception> stopProcess;
    private readonly Task loop;

    /// <param name="stopProcess">Called when the disk fails: a failed sync is never retried, the process ends.</param>
    public Appender(
        Database database,
        Tail tail,
        TimeProvider time,
        ILogger<Appender> logger,
        Action<Exception> stopProcess
    )
    {
        this.tail = tail;
        this.time = time;
        this.logger = logger;
        this.stopProcess = stopProcess;
        log = new LogWriter(database);
        loop = Task.Factory.StartNew(
            Loop,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    /// <summary>
    /// Runs a command. The returned value is the command's, once everything it appended is durable; a command that throws leaves
    /// nothing behind. Do not wait for anything inside <paramref name="command"/>: everyone else waits too.
    /// </summary>
    public async Task<T> Run<T>(Act act, Func<Work, T> command, CancellationToken cancel = default)
    {
        var job = new Job<T>(act, command, time);
        await jobs.Writer.WriteAsync(job, cancel);
        // Once queued it runs: what is decided must not depend on whether the asker still listens.
        return await job.Done;
    }

    public async ValueTask DisposeAsync()
    {
        jobs.Writer.TryComplete();
        await loop;
        log.Dispose();
    }

    private void Loop()
    {
        List<IJob> batch = new(MostInBatch);
        while (jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            try
            {
                RunBatch(batch);
            }
            catch (Exception e)
                when (e
                        is not SqliteException
                        {
                            SqliteErrorCode: not (SqlError or Constraint or TooBig)
                        }
                )
            {
                // A fault of one command, not of the disk: nothing of this batch happened, and nobody was told it had.
                LogBatchFailed(e);
                log.Rollback();
                if (!RunAlone(batch))
                {
                    return;
                }
                continue;
            }
            catch (SqliteException e)
            {
                Stop(batch, e);
                return;
            }
            tail.Publish([.. log.Touched]);
            batch.ForEach(job => job.Succeed());
        }
    }

    /// <summary>
    /// Runs each command of a batch that failed in a transaction of its own, so that only the one at fault is refused. False when the
    /// disk has failed.
    /// </summary>
    private bool RunAlone(List<IJob> batch)
    {
        foreach (var job in batch)
        {
            try
            {
                log.Begin();
                job.Run(log);
                log.Commit();
                tail.Publish([.. log.Touched]);
                job.Succeed();
            }
            catch (Exception e)
                when (e
                        is not SqliteException
                        {
                            SqliteErrorCode: not (SqlError or Constraint or TooBig)
                        }
                )
            {
                log.Rollback();
                job.Fail(e);
            }
            catch (SqliteException e)
            {
                Stop(batch, e);
                return false;
            }
        }
        return true;
    }

    private void Stop(List<IJob> batch, SqliteException problem)
    {
        LogDiskFailed(problem);
        batch.ForEach(job => job.Fail(problem));
        stopProcess(problem);
    }

    private void RunBatch(List<IJob> batch)
    {
        log.Begin();
        while (batch.Count < MostInBatch && jobs.Reader.TryRead(out var job))
        {
            batch.Add(job);
            job.Run(log);
        }
        log.Commit();
        Meters.Batches.Add(1);
        Meters.Events.Add(log.Appended);
    }

    private sealed class Job<T>(Act act, Func<Work, T> command, TimeProvider time) : IJob
    {
        private readonly TaskCompletionSource<T> done = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        private T? result;
        private Exception? problem;

        public Task<T> Done => done.Task;

        public void Run(LogWriter log)
        {
            var work = new Work(log, act, time.GetUtcNow());
            problem = null;
            try
            {
                result = command(work);
            }
            catch (Exception e) when (e is not SqliteException)
            {
                // Decided nothing: its writes are dropped, the others in the batch go on.
                problem = e;
                return;
            }
            work.Flush();
        }

        public void Succeed()
        {
            if (problem is null)
            {
                done.SetResult(result!);
            }
            else
            {
                done.SetException(problem);
            }
        }

        public void Fail(Exception failure) => done.TrySetException(failure);
    }
}
