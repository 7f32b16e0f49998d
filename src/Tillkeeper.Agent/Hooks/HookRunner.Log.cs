namespace Tillkeeper.Agent.Hooks;

internal sealed partial class HookRunner
{
    [LoggerMessage(LogLevel.Information, "Hook {Hook} ran for lock {LockId}. {Said}")]
    private partial void LogRan(string hook, string lockId, string said);

    [LoggerMessage(LogLevel.Error, "Hook {Hook} failed for lock {LockId}: {Problem}. {Said}")]
    private partial void LogFailed(string hook, string lockId, string problem, string said);

    [LoggerMessage(LogLevel.Error, "The hooks' folder or their note cannot be used.")]
    private partial void LogFolder(Exception e);

    [LoggerMessage(
        LogLevel.Error,
        "The note of what the hooks were told is damaged; they hear again of the locks that stand."
    )]
    private partial void LogNoteDamaged();

    [LoggerMessage(LogLevel.Error, "Too many locks wait for hooks; lock {LockId} is left out.")]
    private partial void LogTooMany(string lockId);
}
