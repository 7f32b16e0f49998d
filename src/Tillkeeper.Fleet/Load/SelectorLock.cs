using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Fleet.Platform;

namespace Tillkeeper.Fleet.Load;

/// <summary>What a selector lock over a fleet took.</summary>
/// <param name="Accepted">Until the order was answered.</param>
/// <param name="Half">Until half of the terminals had confirmed.</param>
/// <param name="All">Until the last one had, as the server tells it.</param>
internal sealed record SelectorLockTimes(
    int Terminals,
    TimeSpan Accepted,
    TimeSpan Half,
    TimeSpan All
);

/// <summary>Locks a connected fleet by selector and waits until every terminal has confirmed.</summary>
internal static class SelectorLock
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <exception cref="TimeoutException">Not all had confirmed after five minutes.</exception>
    public static async Task<SelectorLockTimes> Order(
        Doors doors,
        ConnectedFleet fleet,
        CancellationToken stop
    )
    {
        // More than one person may lock alone: a second one agrees, and from then on it counts.
        var key = await Doors.Post(
            doors.People,
            "/api/v1/keys",
            new { name = "second person of a load test", role = "risk" },
            stop
        );
        using var second = doors.Person(key.GetProperty("key").GetString()!);
        var batch = await Doors.Post(
            doors.People,
            "/api/v1/locks",
            new
            {
                selector = new { merchantId = fleet.MerchantId },
                cause = "remote",
                reason = "a fleet is locked to see how long it takes",
                secondPerson = true,
            },
            stop
        );
        var id = batch.GetProperty("batchId").GetString()!;
        var clock = Stopwatch.StartNew();
        await Doors.Post(second, $"/api/v1/locks/batches/{id}/approve", new { }, stop);
        var accepted = clock.Elapsed;
        (
            await doors.People.DeleteAsync(
                $"/api/v1/keys/{key.GetProperty("id").GetString()}",
                stop
            )
        ).Dispose();
        TimeSpan? half = null;
        while (clock.Elapsed < Longest)
        {
            var state = await doors.People.GetFromJsonAsync<JsonElement>(
                $"/api/v1/locks/batches/{id}",
                stop
            );
            var confirmed = state.GetProperty("confirmed").GetInt32();
            if (confirmed * 2 >= fleet.Terminals.Count)
            {
                half ??= clock.Elapsed;
            }
            if (confirmed == fleet.Terminals.Count)
            {
                return new SelectorLockTimes(confirmed, accepted, half!.Value, clock.Elapsed);
            }
            await Task.Delay(Between, stop);
        }
        throw new TimeoutException("Not every terminal has confirmed the lock in five minutes.");
    }
}
