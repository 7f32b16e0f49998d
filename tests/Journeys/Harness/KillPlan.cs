namespace Tillkeeper.Journeys.Harness;

/// <summary>How often a program is killed: some in every run, ten times as many in the long one.</summary>
internal static class KillPlan
{
    public static int Kills { get; } =
        Environment.GetEnvironmentVariable("TILLKEEPER_LONG") == "1" ? 200 : 10;
}
