namespace Tillkeeper.Agent.Link;

/// <summary>Lets a heartbeat go out before its time, when it has news. Never more often than every few seconds.</summary>
internal sealed class BeatNow : IDisposable
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Call()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been called already and will go out.
        }
    }

    /// <summary>Returns when called, or after <paramref name="most"/>.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken stop)
    {
        await Task.Delay(Least, stop);
        await signal.WaitAsync(most - Least, stop);
    }

    public void Dispose() => signal.Dispose();
}
