using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Fleet.Load;
using Tillkeeper.Fleet.Platform;
using Tillkeeper.Fleet.Terminals;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>B8 and M5: a rule that goes wrong all over a fleet is stopped by itself, and what it did is undone to the letter.</summary>
public sealed class BreakerTests(ITestOutputHelper output)
{
    private const int Terminals = 1000;
    private const int AlreadyLocked = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_rule_that_goes_wrong_in_a_fleet_of_a_thousand_is_stopped_and_undone_exactly()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await RunningServer.Start();
        using var doors = await Fleets.DoorsOf(server);
        await using var fleet = await Fleets.Connected(doors, Terminals, stop);
        await LockSome(doors, fleet, stop);
        var before = Standing(fleet);

        var locked = await GoWrong(fleet, stop);
        var crisis = await TheCrisis(doors, stop);

        output.WriteLine($"{locked} of {Terminals} locked before the rule was stopped");
        Assert.InRange(locked, 6, Terminals / 2);
        Assert.Equal("hardware", crisis.GetProperty("rule").GetString());
        var counts = crisis.GetProperty("counts");
        Assert.Equal(locked, counts.GetProperty("terminals").GetInt32());

        await Undo(server, crisis.GetProperty("id").GetString()!, stop);
        await Eventually(() => Same(before, Standing(fleet)), stop);
        Assert.Equal(before, Standing(fleet));
    }

    /// <summary>Locks that have nothing to do with the rule, and must be there afterwards.</summary>
    private static async Task LockSome(Doors doors, ConnectedFleet fleet, CancellationToken stop)
    {
        var some = fleet.Terminals.Take(AlreadyLocked).ToArray();
        await Doors.Post(
            doors.People,
            "/api/v1/locks",
            new
            {
                selector = new { terminals = some.Select(t => t.Id).ToArray() },
                cause = "remote",
                reason = "nothing to do with it",
            },
            stop
        );
        await Eventually(() => some.All(t => t.State.ActiveLocks.Any()), stop);
    }

    /// <summary>One terminal after the other takes its healthy card reader for broken, the ones that are locked already among them.</summary>
    private static async Task<int> GoWrong(ConnectedFleet fleet, CancellationToken stop)
    {
        foreach (var terminal in fleet.Terminals)
        {
            await terminal.Do(
                new Find(
                    RuleName.Hardware,
                    Evidence.None,
                    SimulatedTerminal.NewId(),
                    "card_reader",
                    [Capability.CardPayment]
                ),
                stop
            );
            await Task.Delay(TimeSpan.FromMilliseconds(10), stop);
        }
        return fleet.Terminals.Count(t =>
            t.State.ActiveLocks.Any(l => l.Cause == Cause.HardwareFault)
        );
    }

    private static async Task<JsonElement> TheCrisis(Doors doors, CancellationToken stop)
    {
        var list = await doors.People.GetFromJsonAsync<JsonElement>("/api/v1/crises", stop);
        var id = Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id");
        return await doors.People.GetFromJsonAsync<JsonElement>($"/api/v1/crises/{id}", stop);
    }

    private static async Task Undo(RunningServer server, string crisis, CancellationToken stop)
    {
        var body = new { reason = "the probe of the new version was wrong" };
        var path = $"/api/v1/crises/{crisis}/undo";
        using var first = await server.Admin.PostAsJsonAsync(path, body, stop);
        Assert.Equal(HttpStatusCode.Conflict, first.StatusCode);
        var risk = await server.As("risk");
        using var second = await risk.PostAsJsonAsync(path, body, stop);
        await Doors.Expect(second, path, stop);
    }

    private static SortedDictionary<string, string> Standing(ConnectedFleet fleet) =>
        new(
            fleet.Terminals.ToDictionary(
                t => t.Id,
                t =>
                    string.Join(
                        ", ",
                        t.State.ActiveLocks.OrderBy(l => l.Id, StringComparer.Ordinal)
                            .Select(l => $"{l.Code} {l.Id} {l.Scope}")
                    )
            ),
            StringComparer.Ordinal
        );

    private static bool Same(
        SortedDictionary<string, string> before,
        SortedDictionary<string, string> now
    ) => before.SequenceEqual(now);

    private static async Task Eventually(Func<bool> holds, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        while (!holds() && !limit.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
        }
    }
}
