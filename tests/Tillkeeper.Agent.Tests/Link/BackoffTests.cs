using Tillkeeper.Agent.Link;

namespace Tillkeeper.Agent.Tests.Link;

/// <summary>After a reconnect nobody sleeps out a pause that belongs to the time before it.</summary>
public sealed class BackoffTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>One that has failed so often that its pauses last half a minute at least.</summary>
    private static Backoff Tired()
    {
        var backoff = new Backoff();
        for (var i = 0; i < 8; i++)
        {
            backoff.Next();
        }
        return backoff;
    }

    [Fact]
    public async Task A_hello_cuts_the_pause_short_and_the_next_one_is_short_again()
    {
        var (backoff, link) = (Tired(), new LinkState());
        var pause = backoff.PauseAsync(link.Greeting, TestContext.Current.CancellationToken);
        Assert.False(pause.IsCompleted);

        link.Greet();

        await pause.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(link.Online);
        Assert.InRange(backoff.Next(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_hello_during_the_attempt_that_failed_is_not_missed()
    {
        var (backoff, link) = (Tired(), new LinkState());
        var greeting = link.Greeting;

        link.Greet();

        await backoff
            .PauseAsync(greeting, TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_hello_of_long_ago_cuts_nothing_short()
    {
        var (backoff, link) = (Tired(), new LinkState());
        link.Greet();
        using var stop = new CancellationTokenSource();

        var pause = backoff.PauseAsync(link.Greeting, stop.Token);

        Assert.False(pause.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
    }
}
