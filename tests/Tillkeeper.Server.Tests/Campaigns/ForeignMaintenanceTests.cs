using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Campaigns;

/// <summary>Another terminal-management system reports its own updates: locked and shown like ours.</summary>
public sealed class ForeignMaintenanceTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task It_begins_gets_on_and_ends_as_its_source_says()
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var terminal = fleet.Terminals[0];
        var end = DateTimeOffset.UtcNow.AddMinutes(20);
        var id = await Say(fleet, "started", new { version = "7.1", expectedEnd = end });
        var order = Assert.Single(await terminal.Orders());
        Assert.Equal((OrderKind.Lock, id), (order.Kind, order.LockId));
        Assert.Equal(Cause.Maintenance, order.Lock!.Cause);
        await Fleet.Take(terminal);

        Assert.Equal(id, await Say(fleet, "started"));
        Assert.Equal(id, await Say(fleet, "progress", new { progress = 3 }));
        Assert.Single(await terminal.Orders());

        await Say(fleet, "progress", new { progress = 60, expectedEnd = end.AddMinutes(10) });
        var revision = (await terminal.Orders())[^1];
        Assert.Equal((OrderKind.LockRevision, id), (revision.Kind, revision.LockId));
        Assert.Equal(60, revision.Revision!.Progress);
        var shown = (await Locks(fleet))[0];
        Assert.Equal(60, shown.GetProperty("progress").GetInt32());

        await Say(fleet, "done");
        var release = (await terminal.Orders())[^1];
        Assert.Equal((OrderKind.Release, id), (release.Kind, release.LockId));
        Assert.Equal(WayOut.MaintenanceDone, release.WayOut);
        await Fleet.Take(terminal);
        Assert.Empty(await Locks(fleet));
        var orders = (await terminal.Orders()).Count;
        await Say(fleet, "done");
        await Say(fleet, "failed");
        Assert.Equal(orders, (await terminal.Orders()).Count);
    }

    [Fact]
    public async Task Two_systems_hold_two_locks_and_the_end_of_one_leaves_the_other()
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var one = await Say(fleet, "started", source: "tms-a");
        var other = await Say(fleet, "started", source: "tms-b");
        Assert.NotEqual(one, other);
        await Fleet.Take(fleet.Terminals[0]);
        await Say(fleet, "failed", source: "tms-a");
        await Fleet.Take(fleet.Terminals[0]);
        Assert.Equal(other, Assert.Single(await Locks(fleet)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("paused", 10, "state")]
    [InlineData("progress", 101, "progress")]
    public async Task What_makes_no_sense_is_refused(string state, int progress, string field)
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var path = $"/api/v1/terminals/{fleet.Terminals[0].Id}/maintenance";
        var answer = await fleet.Manager.Post(
            path,
            new
            {
                source = "tms",
                state,
                progress,
            }
        );
        answer.Refuses(422, "invalid", field);
    }

    private static async Task<System.Text.Json.JsonElement[]> Locks(Fleet fleet) =>
        [
            .. (await fleet.Manager.Get($"/api/v1/terminals/{fleet.Terminals[0].Id}"))
                .Expect(200)
                .Json.GetProperty("locks")
                .EnumerateArray(),
        ];

    private static async Task<string?> Say(
        Fleet fleet,
        string state,
        object? more = null,
        string source = "tms"
    )
    {
        Dictionary<string, object?> body = new() { ["source"] = source, ["state"] = state };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }
        var answer = await fleet.Manager.Post(
            $"/api/v1/terminals/{fleet.Terminals[0].Id}/maintenance",
            body
        );
        return answer.Expect(202).Json.TryGetProperty("lockId", out var id) ? id.GetString() : null;
    }
}
