namespace Tillkeeper.Agent.Hosting;

/// <summary>What this program calls itself in the journal and towards the server.</summary>
internal static class ProgramName
{
    public static string Text { get; } =
        $"tillkeeper-agent {typeof(ProgramName).Assembly.GetName().Version?.ToString(3)}";
}
