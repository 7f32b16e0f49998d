namespace Tillkeeper.Agent.Link;

/// <summary>
/// Growing pauses between attempts, each drawn anew so that a thousand terminals do not come back in step: up to 1 s, 2 s, 4 s ... 60 s.
/// </summary>
internal sealed class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private int failures;

    public void Reset() => failures = 0;

    /// <summary>The next pause: between half and all of the current step.</summary>
    public TimeSpan Next()
    {
        var step = Math.Min(Longest.TotalMilliseconds, 1000 * Math.Pow(2, Math.Min(failures, 10)));
        failures++;
        return TimeSpan.FromMilliseconds(step * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    public Task PauseAsync(CancellationToken stop) => Task.Delay(Next(), stop);

    /// <summary>
    /// The next pause, cut short by <paramref name="greeting"/>: once the server greets again, the failures before say nothing any more.
    /// </summary>
    public async Task PauseAsync(Task greeting, CancellationToken stop)
    {
        try
        {
            await greeting.WaitAsync(Next(), stop);
            Reset();
        }
        catch (TimeoutException)
        {
            // Nobody greeted; the pause is over.
        }
    }
}
