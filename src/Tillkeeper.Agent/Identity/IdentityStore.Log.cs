namespace Tillkeeper.Agent.Identity;

internal sealed partial class IdentityStore
{
    [LoggerMessage(
        LogLevel.Critical,
        "The identity could not be read ({Problem}) and was put aside as {Aside}; this terminal must be enrolled again."
    )]
    private partial void LogUnreadable(string aside, string problem);
}
