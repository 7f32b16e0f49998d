namespace Tillkeeper.Agent.Hosting;

/// <summary>How the program will end. A failure stops it in order: what is being answered is still answered.</summary>
internal sealed class ProgramEnd(IHostApplicationLifetime lifetime)
{
    private int code = ExitCodes.Done;

    public int Code => Volatile.Read(ref code);

    public void Fail(int exitCode)
    {
        Interlocked.CompareExchange(ref code, exitCode, ExitCodes.Done);
        lifetime.StopApplication();
    }
}
