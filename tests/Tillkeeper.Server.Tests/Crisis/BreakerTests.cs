using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Tests.Crisis;

/// <summary>M5: a rule goes wrong in a fleet of a thousand; it is stopped, and what it did is undone exactly.</summary>
public sealed class BreakerTests
{
    private const string Strict = """
        network: {mode: on, then: lock}
        customerPin: {mode: on, then: lock}
        """;

    [Fact]
    public async Task A_bad_rule_in_a_fleet_of_a_thousand_is_stopped_and_undoing_it_restores_exactly_the_state_before()
    {
        await using var server = await RunningServer.StartAsync();
        var org = await Tree.NewOrg(server, "Agent Alpha");
        var merchant = await Shop.NewMerchant(server, org);
        var fleet = await SimFleet.Enrol(server, merchant, 1000);
        await LiveAsync(server, fleet);
        var (before, beforeThere) = (fleet.Locks(), fleet.LocksThere());
        Assert.True(before.Length >= 30);

        // Version 2.0.0 misreads the network; one terminal after the other finds that it is bad.
        var bad = fleet.Terminals.Take(60).ToArray();
        var admin = server.Admin;
        List<FindingEffect?> effects = [];
        foreach (var pair in bad.Chunk(2))
        {
            foreach (var terminal in pair)
            {
                await terminal.Sync();
                effects.Add(terminal.Find(RuleName.Network));
                await terminal.Sync();
            }
            await fleet.Tick();
            await fleet.PoliciesAreOut();
        }

        // 0.5 % of a thousand is five: the sixth stopped the rule for everybody, and from then on it only takes notes.
        Assert.Equal(6, effects.Count(e => e == FindingEffect.Lock));
        Assert.Equal(54, effects.Count(e => e == FindingEffect.Shadow));
        var crisis = (await admin.Get("/api/v1/crises")).Expect(200).Json.GetProperty("items")[0];
        var path = $"/api/v1/crises/{crisis.GetProperty("id").GetString()}";
        Assert.Equal("network", crisis.GetProperty("rule").GetString());
        Assert.Equal("stopped", crisis.GetProperty("state").GetString());
        var locked = fleet.Locks().Except(before).ToArray();
        Assert.Equal(6, locked.Length);

        // The same two people decide; one alone cannot.
        var (ann, bob) = (await server.Person("risk"), await server.Person("risk"));
        var why = new { reason = "2.0.0 is wrong, not the shops" };
        (await ann.Post($"{path}/undo", why)).Refuses(409, "second_person_required");
        (await ann.Post($"{path}/undo", why)).Refuses(409, "second_person_required");
        Assert.Equal(before.Length + locked.Length, fleet.Locks().Length);
        (await bob.Post($"{path}/undo", why)).Expect(202);
        (await bob.Post($"{path}/undo", why)).Refuses(409, "already_undone");
        while ((await StateAsync(admin, path)).State != "undone")
        {
            await fleet.Tick();
        }
        var counts = (await admin.Get(path)).Json.GetProperty("counts");
        Assert.Equal(locked.Length, counts.GetProperty("releasing").GetInt32());
        Assert.Equal(locked.Length, counts.GetProperty("undone").GetProperty("ordered").GetInt32());

        await fleet.SyncAll();
        Assert.Equal(before, fleet.Locks());
        Assert.Equal(beforeThere, fleet.LocksThere());
        counts = (await admin.Get(path)).Json.GetProperty("counts");
        Assert.Equal(locked.Length, counts.GetProperty("released").GetInt32());

        // The rule stays where it is until somebody sets it again.
        Assert.Equal(FindingEffect.Shadow, bad[0].Find(RuleName.Network, "again"));
    }

    /// <summary>An ordinary morning: remote locks, paused operators, one shop whose customers forget their PINs.</summary>
    private static async Task LiveAsync(RunningServer server, SimFleet fleet)
    {
        var set = await server.Admin.PutJson(
            "/api/v1/policies/provider",
            new { document = Strict, reason = "strict everywhere" }
        );
        set.Expect(200);
        await fleet.PoliciesAreOut();
        await fleet.SyncAll();
        for (var i = 0; i < fleet.Terminals.Length; i++)
        {
            var terminal = fleet.Terminals[i];
            terminal.Start(i < 60 ? "2.0.0" : "1.9.4");
            if (i % 40 == 0)
            {
                await server.Admin.Post(
                    $"/api/v1/terminals/{terminal.Id}/locks",
                    new { cause = "remote", reason = "owes money" }
                );
            }
            if (i % 100 == 3)
            {
                terminal.Say(Shop.Raise(TestTerminal.NewId(), Cause.WrongPassword, "operator-1"));
            }
            if (i is 5 or 500)
            {
                terminal.Find(RuleName.CustomerPin);
            }
        }
        await fleet.SyncAll();
        await fleet.Tick();
    }

    private static async Task<(string State, JsonElement Whole)> StateAsync(
        TestPerson person,
        string path
    )
    {
        var shown = (await person.Get(path)).Expect(200);
        return (shown.Text("state"), shown.Json);
    }
}
