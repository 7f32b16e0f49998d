using Tillkeeper.Core.Policies;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Policies;

public sealed class NearestWinsTests
{
    private const string Key = "wrongPassword.attempts";

    [Fact]
    public async Task Of_each_value_the_nearest_setting_wins_and_one_that_is_taken_away_gives_way_again()
    {
        await using var server = await RunningServer.StartAsync();
        var admin = server.Admin;
        var outer = await Tree.NewOrg(server, "Outer");
        var inner = await Tree.NewOrg(server, "Inner", outer);
        var merchant = await Shop.NewMerchant(server, inner);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var serial = (await admin.Get($"/api/v1/terminals/{terminal.Id}")).Text("serial");
        var profile = new
        {
            merchantId = merchant,
            model = "T1",
            store = "East gate / 2",
        };
        (await admin.PutJson($"/api/v1/terminals/by-serial/{serial}", profile)).Expect(200);

        string[] targets =
        [
            "provider",
            $"org:{outer}",
            $"org:{inner}",
            $"merchant:{merchant}",
            $"store:{merchant}:East gate / 2",
            "model:T1",
            $"terminal:{terminal.Id}",
        ];
        Assert.Equal("5 from preset:gentle", await admin.Value(terminal.Id, Key));
        for (var i = 0; i < targets.Length; i++)
        {
            await admin.Set(targets[i], $"wrongPassword: {{attempts: {i + 2}}}\n");
            Assert.Equal($"{i + 2} from {targets[i]}", await admin.Value(terminal.Id, Key));
        }
        // In an order of no meaning: what is left of the nearest holds at each step.
        var left = targets.ToList();
        foreach (var gone in new[] { 3, 6, 0, 5, 4, 2, 1 })
        {
            await admin.Remove(targets[gone]);
            left.Remove(targets[gone]);
            var expected =
                left.Count == 0
                    ? "5 from preset:gentle"
                    : $"{Array.IndexOf(targets, left[^1]) + 2} from {left[^1]}";
            Assert.Equal(expected, await admin.Value(terminal.Id, Key));
        }
        // And the terminal was told each time, with numbers that only go up.
        var versions = (await terminal.PolicyOrders()).Select(o => o.Policy!.Version).ToArray();
        Assert.Equal(versions.Order().Distinct(), versions);
        Assert.Equal(
            Policy.Default,
            (await terminal.PolicyOrders())[^1].Policy! with
            {
                Version = 1,
            }
        );
    }

    [Fact]
    public async Task Values_of_different_targets_meet_at_one_terminal_and_others_are_left_alone()
    {
        await using var server = await RunningServer.StartAsync();
        using var tree = await Tree.Plant(server);
        var admin = server.Admin;
        await admin.Set("provider", "preset: standard\naway: {idleAfter: PT10M}\n");
        await admin.Set($"org:{tree.OrgA}", "wrongPassword: {lockFor: PT1H}\n");
        await admin.Set($"terminal:{tree.A1.Terminal.Id}", "away: {idleAfter: PT2M}\n");

        var a1 = (await tree.A1.Terminal.PolicyOrders())[^1].Policy!;
        var a2 = (await tree.A2.Terminal.PolicyOrders())[^1].Policy!;
        var b1 = (await tree.B1.Terminal.PolicyOrders())[^1].Policy!;
        Assert.Equal([2, 10, 10], new[] { a1, a2, b1 }.Select(p => p.Away.IdleAfter.TotalMinutes));
        Assert.Equal(
            [60, 60, 30],
            new[] { a1, a2, b1 }.Select(p => p.WrongPassword.LockFor.TotalMinutes)
        );
        // Each was told only when something changed for it.
        Assert.Equal(3, (await tree.A1.Terminal.PolicyOrders()).Count);
        Assert.Equal(2, (await tree.A2.Terminal.PolicyOrders()).Count);
        Assert.Single(await tree.B1.Terminal.PolicyOrders());

        // The shop's own people read what holds, not who above them set it.
        Assert.Equal(
            "PT2M from terminal:" + tree.A1.Terminal.Id,
            await tree.A1.Keeper.Value(tree.A1.Terminal.Id, "away.idleAfter")
        );
        Assert.Equal(
            "PT1H from provider",
            await tree.A1.Keeper.Value(tree.A1.Terminal.Id, "wrongPassword.lockFor")
        );
    }
}
