namespace Tillkeeper.Agent.Identity;

internal sealed partial class Enrolment
{
    [LoggerMessage(
        LogLevel.Error,
        "Not enrolled, and no --enrol code was given; nothing is allowed."
    )]
    private partial void LogNoCode();

    [LoggerMessage(
        LogLevel.Warning,
        "Enrolling: {Server} could not be asked: {Problem}. Trying again."
    )]
    private partial void LogUnreachable(Uri server, string problem);

    [LoggerMessage(
        LogLevel.Error,
        "Enrolling: refused ({Status}). The code is used, expired or mistyped: get a new one and start again with it."
    )]
    private partial void LogRefused(int status);

    [LoggerMessage(LogLevel.Error, "Enrolling: the server's answer is of no use: {Problem}.")]
    private partial void LogBadAnswer(string problem);

    [LoggerMessage(LogLevel.Information, "Enrolled as terminal {Terminal}, epoch {Epoch}.")]
    private partial void LogEnrolled(string terminal, int epoch);

    [LoggerMessage(LogLevel.Warning, "A journal of an earlier identity was put aside as {Aside}.")]
    private partial void LogJournalAside(string aside);

    [LoggerMessage(
        LogLevel.Warning,
        "The key of an enrolment under way could not be read; put aside as {Aside}."
    )]
    private partial void LogPendingUnreadable(string aside);
}
