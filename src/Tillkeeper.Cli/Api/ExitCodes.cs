namespace Tillkeeper.Cli.Api;

/// <summary>What the program's exit code tells a script.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;

    /// <summary>The shell's own number for a program ended by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
