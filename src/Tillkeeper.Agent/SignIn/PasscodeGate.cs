namespace Tillkeeper.Agent.SignIn;

/// <summary>
/// One passcode at a time at this terminal, whether it is tried or set: attempts stay apart, nothing is set while another one is being
/// judged, and the work that makes passcodes dear to guess is done once at a time.
/// </summary>
internal sealed class PasscodeGate : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <param name="gone">Ends the waiting for a turn, never the turn itself.</param>
    public async Task<T> InTurnAsync<T>(Func<Task<T>> act, CancellationToken gone)
    {
        await oneAtATime.WaitAsync(gone);
        try
        {
            return await act();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();
}
