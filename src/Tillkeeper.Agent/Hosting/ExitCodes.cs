namespace Tillkeeper.Agent.Hosting;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>An option is missing or wrong.</summary>
    public const int Usage = 2;

    /// <summary>Another agent uses the folder, or the port is taken.</summary>
    public const int InUse = 4;

    /// <summary>The journal cannot be written any more; a restart reads what is really on the disk (EX_SOFTWARE).</summary>
    public const int JournalBroken = 70;
}
