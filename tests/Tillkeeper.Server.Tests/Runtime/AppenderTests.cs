using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Tests.Runtime;

/// <summary>Group commit: one thread decides, nothing is told before it is on the disk.</summary>
public sealed class AppenderTests
{
    [Fact]
    public async Task What_is_acknowledged_is_in_the_file_for_every_other_connection()
    {
        await using Log log = new();
        for (var i = 1; i <= 50; i++)
        {
            await log.AddOrg();
            Assert.Equal(i, log.Elsewhere<long>("SELECT count(*) FROM events"));
            Assert.Equal(i, log.Elsewhere<long>("SELECT count(*) FROM orgs"));
            Assert.Equal(i, log.Elsewhere<long>("SELECT sum(last_seq) FROM shards"));
        }
    }

    [Fact]
    public async Task Among_many_at_once_each_is_in_the_file_when_it_is_acknowledged()
    {
        await using Log log = new();
        var missing = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 500),
            new ParallelOptions { MaxDegreeOfParallelism = 50 },
            async (_, _) =>
            {
                var id = await log.AddOrg();
                if (
                    log.Database.Read(c =>
                        c.ExecuteScalar<long>(
                            "SELECT count(*) FROM orgs WHERE id = @id",
                            new { id }
                        )
                    ) != 1
                )
                {
                    Interlocked.Increment(ref missing);
                }
            }
        );
        Assert.Equal(0, missing);
    }

    [Fact]
    public async Task A_command_that_throws_leaves_nothing_and_those_beside_it_go_on()
    {
        await using Log log = new();
        var mixed = Enumerable
            .Range(0, 200)
            .Select(i =>
                log.Run(work =>
                {
                    work.Append(Counters.Kind, $"{i}", $"{i}", [new Counted(1)]);
                    work.Beside(v =>
                        v.Write("INSERT INTO sealed VALUES ($1, $2)", $"{i}", (byte[])[1])
                    );
                    return i % 2 == 0 ? i : throw new InvalidOperationException($"odd {i}");
                })
            )
            .ToArray();
        foreach (var (i, task) in mixed.Index())
        {
            if (i % 2 == 0)
            {
                Assert.Equal(i, await task);
            }
            else
            {
                var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => task);
                Assert.Equal($"odd {i}", failure.Message);
            }
        }
        Assert.Equal(100, log.Elsewhere<long>("SELECT count(*) FROM events"));
        Assert.Equal(100, log.Elsewhere<long>("SELECT count(*) FROM streams"));
        Assert.Equal(100, log.Elsewhere<long>("SELECT count(*) FROM sealed"));
        Assert.True(log.Verify().Ok);
    }

    [Fact]
    public async Task Ten_thousand_at_once_on_a_hundred_streams_have_numbers_without_gaps()
    {
        await using Log log = new();
        var totals = await Task.WhenAll(
            Enumerable
                .Range(0, 10_000)
                .Select(i =>
                    log.Run(work =>
                    {
                        var id = $"{i % 100}";
                        work.Append(Counters.Kind, id, id, [new Counted(1)]);
                        return (Id: id, work.Load(Counters.Kind, id).Total);
                    })
                )
        );
        // Each decided from the state that the one before left: no total was seen twice.
        Assert.Equal(10_000, totals.Distinct().Count());
        Assert.All(totals.GroupBy(t => t.Id), g => Assert.Equal(100, g.Max(t => t.Total)));
        using SqliteConnection other = new(
            $"Data Source={log.Database.Writer.DataSource};Pooling=False"
        );
        other.Open();
        Assert.Equal(
            100,
            other.ExecuteScalar<long>(
                "SELECT count(*) FROM (SELECT stream FROM events GROUP BY stream HAVING count(*) = 100 AND min(version) = 1 AND max(version) = 100 AND count(DISTINCT version) = 100)"
            )
        );
        Assert.Equal(
            0,
            other.ExecuteScalar<long>(
                "SELECT count(*) FROM (SELECT place >> 48 AS shard, count(*) AS n, max(place & 281474976710655) AS last FROM events GROUP BY 1) JOIN shards USING (shard) WHERE n <> last OR last <> last_seq"
            )
        );
        Assert.True(log.Verify().Ok);
    }

    [Fact]
    public async Task A_fault_of_a_projection_rolls_its_batch_back_and_the_next_one_works()
    {
        await using Log log = new();
        await log.Append("a");
        await Assert.ThrowsAsync<SqliteException>(() =>
            log.Run(work =>
            {
                work.Append(Counters.Kind, "a", "a", [new Counted(1), new Counted(-1)]);
                return true;
            })
        );
        Assert.Equal(1, log.Elsewhere<long>("SELECT count(*) FROM events"));
        Assert.Equal(1, await log.Run(work => work.Load(Counters.Kind, "a").Total));
        await log.Append("a");
        await log.Append("b");
        Assert.Equal(3, log.Elsewhere<long>("SELECT count(*) FROM events"));
        Assert.Equal(
            2,
            log.Elsewhere<long>("SELECT version FROM streams WHERE stream = 'counter/a'")
        );
        Assert.True(log.Verify().Ok);
        Assert.Empty(log.Deaths);
    }

    [Fact]
    public async Task Nobody_in_a_batch_that_was_rolled_back_is_told_that_it_worked()
    {
        await using Log log = new();
        using ManualResetEventSlim gate = new();
        var first = log.Run(_ => gate.Wait(TimeSpan.FromSeconds(20)));
        // Queued behind the gate they share its batch, whichever way the poison falls.
        var beside = Enumerable.Range(0, 20).Select(i => log.Append($"{i}")).ToArray();
        var poison = log.Run(work =>
        {
            work.Append(Counters.Kind, "x", "x", [new Counted(-1)]);
            return true;
        });
        gate.Set();
        await Assert.ThrowsAsync<SqliteException>(() => poison);
        var told = 0;
        foreach (var task in beside.Append(first))
        {
            told +=
                await Task.WhenAny(task) is { IsCompletedSuccessfully: true } && task != first
                    ? 1
                    : 0;
        }
        Assert.Equal(told, log.Elsewhere<long>("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task After_a_restart_numbers_states_and_the_chain_go_on()
    {
        await using Log log = new();
        for (var round = 1; round <= 3; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                await log.Append($"{i % 5}");
            }
            await log.Restart();
            Assert.Equal(round * 4, await log.Run(work => work.Load(Counters.Kind, "0").Total));
        }
        Assert.Equal(60, log.Elsewhere<long>("SELECT sum(last_seq) FROM shards"));
        Assert.Equal(
            12,
            log.Elsewhere<long>("SELECT version FROM streams WHERE stream = 'counter/3'")
        );
        Assert.True(log.Verify().Ok);
    }

    [Fact]
    public async Task One_command_sees_what_it_has_appended_itself_and_nobody_else_does_before()
    {
        await using Log log = new();
        await log.Run(work =>
        {
            work.Append(Counters.Kind, "a", "a", [new Counted(2)]);
            Assert.Equal(2, work.Load(Counters.Kind, "a").Total);
            work.Append(Counters.Kind, "a", "a", [new Counted(3)]);
            Assert.Equal(5, work.Load(Counters.Kind, "a").Total);
            Assert.Equal(0, log.Elsewhere<long>("SELECT count(*) FROM events"));
            return true;
        });
        Assert.Equal(2, log.Elsewhere<long>("SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Listeners_are_woken_after_the_commit_and_only_for_what_was_touched()
    {
        await using Log log = new();
        using var a = log.Tail.Listen("counter/a");
        using var b = log.Tail.Listen("counter/b");
        await log.Append("a");
        Assert.True(await a.Wait(TimeSpan.FromSeconds(10), default));
        Assert.Equal(1, log.Elsewhere<long>("SELECT count(*) FROM events"));
        Assert.False(await b.Wait(TimeSpan.FromMilliseconds(20), default));
    }
}
