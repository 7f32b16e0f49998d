using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Tests.Runtime;

/// <summary>Wake-ups for those who wait for a stream to move on.</summary>
public sealed class TailTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Who_listens_to_a_stream_is_woken_by_it_and_by_no_other()
    {
        Tail tail = new();
        using var a = tail.Listen("terminal/A");
        using var b = tail.Listen("terminal/B");
        tail.Publish(["terminal/A"]);
        Assert.True(await a.Wait(Long, default));
        Assert.False(await b.Wait(TimeSpan.FromMilliseconds(20), default));
    }

    [Fact]
    public async Task A_wake_up_before_the_wait_is_not_lost_and_many_are_one()
    {
        Tail tail = new();
        using var listener = tail.Listen("s");
        tail.Publish(["s"]);
        tail.Publish(["s"]);
        Assert.True(await listener.Wait(Long, default));
        Assert.False(await listener.Wait(TimeSpan.FromMilliseconds(20), default));
    }

    [Fact]
    public async Task All_who_listen_are_woken_also_when_one_has_gone()
    {
        Tail tail = new();
        using var first = tail.Listen("s");
        tail.Listen("s").Dispose();
        using var second = tail.Listen("s");
        tail.Publish(["s"]);
        Assert.True(await first.Wait(Long, default));
        Assert.True(await second.Wait(Long, default));
    }

    /// <summary>A terminal reconnects: the old connection lets go at the very moment at which the new one begins to listen.</summary>
    [Fact]
    public async Task Who_comes_while_the_last_one_goes_is_woken_all_the_same()
    {
        Tail tail = new();
        for (var round = 0; round < 20_000; round++)
        {
            var leaving = tail.Listen("s");
            using Barrier together = new(2);
            var going = Task.Run(() =>
            {
                together.SignalAndWait();
                leaving.Dispose();
            });
            together.SignalAndWait();
            using var staying = tail.Listen("s");
            await going;
            tail.Publish(["s"]);
            Assert.True(await staying.Wait(TimeSpan.Zero, default), $"round {round}");
        }
    }
}
