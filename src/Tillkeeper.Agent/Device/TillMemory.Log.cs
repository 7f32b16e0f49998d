namespace Tillkeeper.Agent.Device;

internal sealed partial class TillMemory
{
    [LoggerMessage(
        LogLevel.Warning,
        "The journal ended in {Bytes} bytes that were never acknowledged; they were cut off."
    )]
    private partial void LogCut(long bytes);

    [LoggerMessage(LogLevel.Critical, "The journal is damaged at byte {Offset}: {Problem}.")]
    private partial void LogDamaged(string problem, long offset);

    [LoggerMessage(LogLevel.Critical, "The journal was put aside as {Aside}.")]
    private partial void LogAside(string aside);

    [LoggerMessage(
        LogLevel.Critical,
        "State unknown: {Problem}. Lock {LockId} stands; two people of the provider can release it."
    )]
    private partial void LogLost(string problem, string lockId);

    [LoggerMessage(LogLevel.Warning, "The loss is recorded; a new journal goes on at event {Seq}.")]
    private partial void LogGoingOn(long seq);
}
