namespace Tillkeeper.Server.Runtime;

internal sealed partial class Appender
{
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A batch was rolled back: a view refused what the log said."
    )]
    private partial void LogBatchFailed(Exception problem);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The log could not be written; the process stops."
    )]
    private partial void LogDiskFailed(Exception problem);
}
