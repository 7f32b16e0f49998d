namespace Tillkeeper.Agent.Hosting;

/// <summary>Marks what programs call by themselves: it does not show that somebody stands at the till.</summary>
internal sealed class Unattended
{
    public static Unattended Mark { get; } = new();
}
