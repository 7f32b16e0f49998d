using Tillkeeper.Fleet.Load;
using Tillkeeper.Fleet.Platform;

namespace Tillkeeper.Journeys.Harness;

/// <summary>Simulated terminals at a real server.</summary>
internal static class Fleets
{
    public static async Task<Doors> DoorsOf(RunningServer server) =>
        new(
            new Uri(server.People),
            new Uri(server.Terminals),
            await File.ReadAllTextAsync(server.CaFile),
            (await File.ReadAllTextAsync(server.AdminKeyFile)).Trim()
        );

    public static async Task<ConnectedFleet> Connected(
        Doors doors,
        int count,
        CancellationToken stop
    )
    {
        var fleet = await ConnectedFleet.Make(doors, count, "SIMULATED", null, stop);
        await fleet.Connect(stop);
        return fleet;
    }
}
