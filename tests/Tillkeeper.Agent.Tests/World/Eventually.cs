namespace Tillkeeper.Agent.Tests.World;

/// <summary>Waits for what another thread or the network brings about; never for a fixed time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"In {Longest}: not so that {what}.");
            await Task.Delay(15);
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what) =>
        TrueAsync(() => Task.FromResult(condition()), what);
}
