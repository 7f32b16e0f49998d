using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Agent.Updates;

internal sealed partial class UpdateRunner
{
    [LoggerMessage(LogLevel.Information, "Update {Campaign}: {Step} {Code}")]
    private partial void LogStep(string campaign, UpdateStep step, string? code);

    [LoggerMessage(LogLevel.Information, "What runs is {Slot} now.")]
    private partial void LogSwitched(string? slot);

    [LoggerMessage(
        LogLevel.Warning,
        "The program ended while {Step} (try {Tries}); going on there."
    )]
    private partial void LogInterrupted(UpdateStep step, int tries);

    [LoggerMessage(LogLevel.Error, "The folder with the software cannot be written.")]
    private partial void LogDisk(Exception e);

    [LoggerMessage(LogLevel.Warning, "The update cannot go on yet: {Problem}. Trying again.")]
    private partial void LogAgain(string problem);

    [LoggerMessage(LogLevel.Warning, "The update did not take {Happening}: {Problem}")]
    private partial void LogRefused(UpdateHappening happening, string problem);

    [LoggerMessage(
        LogLevel.Critical,
        "An update is {Step} and this program was started without --software, --installer and --health-check; start it with them."
    )]
    private partial void LogCannotEnd(UpdateStep step);
}
