namespace Tillkeeper.Cli.Api;

/// <summary>An end of the program that is no bug: the message is for the person, the code for the script.</summary>
public abstract class CliException(int exitCode, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public int ExitCode => exitCode;
}

/// <summary>The command line, or a file it names, cannot be used.</summary>
internal sealed class UsageException(string message, Exception? cause = null)
    : CliException(ExitCodes.Usage, message, cause);

/// <summary>The server answered, and the answer is no.</summary>
internal sealed class RefusedException(string message) : CliException(ExitCodes.Refused, message);

/// <summary>No server that can be trusted and understood was reached.</summary>
internal sealed class ServerUnreachableException(string message, Exception? cause = null)
    : CliException(ExitCodes.Unreachable, message, cause);
