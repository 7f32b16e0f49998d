using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Tests.Crisis;

/// <summary><c>/api/v1/crises</c>: opened by hand, stopped, undone, told about and reported.</summary>
public sealed class CrisisTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private string merchant = "";
    private TestPerson ann = null!;
    private TestPerson bob = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync();
        merchant = await Shop.NewMerchant(server, await Tree.NewOrg(server, "Agent Alpha"));
        (ann, bob) = (await server.Person("risk"), await server.Person("admin"));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_common_factor_is_named_first()
    {
        var fleet = await SimFleet.Enrol(server, merchant, 40);
        foreach (var (i, terminal) in fleet.Terminals.Index())
        {
            terminal.Obey(Locking(RuleName.Network));
            // Half of the fleet is of this model; only those on 2.0.0 go wrong.
            terminal.Start(i < 8 ? "2.0.0" : "1.9.4");
        }
        await fleet.SyncAll();
        foreach (var terminal in fleet.Terminals.Take(8))
        {
            terminal.Find(RuleName.Network);
        }
        await fleet.SyncAll();
        await fleet.Tick();
        var path = await OnlyAsync();
        var factors = await EventuallyAsync(
            path,
            c => c.GetProperty("factors"),
            f => f.GetArrayLength() > 0
        );
        var first = factors[0];
        Assert.Equal("version", first.GetProperty("name").GetString());
        Assert.Equal("2.0.0", first.GetProperty("value").GetString());
        Assert.Equal(1, first.GetProperty("lockedShare").GetDouble());
        Assert.Equal(0.2, first.GetProperty("fleetShare").GetDouble());
        Assert.DoesNotContain(
            factors.EnumerateArray(),
            f => f.GetProperty("name").GetString() == "model"
        );
    }

    [Fact]
    public async Task A_rule_that_is_set_again_and_goes_wrong_again_is_stopped_again_and_each_crisis_undoes_its_own()
    {
        var fleet = await SimFleet.Enrol(server, merchant, 20);
        var strict = new { document = "network: {mode: on, then: lock}", reason = "strict" };
        (await server.Admin.PutJson("/api/v1/policies/provider", strict)).Expect(200);
        var first = await TripAsync(fleet, fleet.Terminals[..5]);
        var lift = new { reason = "2.0.1 is out" };
        (await server.Admin.Post("/api/v1/policies/rules/network/lift", lift)).Expect(204);
        var second = await TripAsync(fleet, fleet.Terminals[5..10]);
        Assert.NotEqual(first, second);
        Assert.Equal(10, fleet.Locks().Length);
        await UndoAsync(first);
        await UndoneAsync(fleet, first);
        Assert.Equal(
            fleet.Terminals[5..10].Select(t => t.Id).Order(StringComparer.Ordinal),
            fleet.Locks().Select(l => l.Split(' ')[0])
        );
    }

    /// <summary>These terminals lock, one after the other; returns the crisis that this makes.</summary>
    private async Task<string> TripAsync(SimFleet fleet, SimTerminal[] bad)
    {
        await fleet.PoliciesAreOut();
        await fleet.SyncAll();
        // The times that crises are told apart by have a millisecond's precision.
        await Task.Delay(5);
        foreach (var terminal in bad)
        {
            Assert.Equal(FindingEffect.Lock, terminal.Find(RuleName.Network));
            await terminal.Sync();
        }
        await fleet.Tick();
        await fleet.PoliciesAreOut();
        await fleet.SyncAll();
        var items = (await ann.Get("/api/v1/crises")).Expect(200).Json.GetProperty("items");
        return $"/api/v1/crises/{items[0].GetProperty("id").GetString()}";
    }

    [Fact]
    public async Task One_opened_by_hand_is_stopped_and_undone_by_two_people_each_and_not_undone_before_it_is_stopped()
    {
        var fleet = await LockedAsync(RuleName.Network, 3);
        var path = await OpenAsync(new { rule = "network", reason = "too many calls" });
        (await ann.Post("/api/v1/crises", new { rule = "network", reason = "x" })).Refuses(
            409,
            "crisis_exists"
        );
        var why = new { reason = "wrong" };
        (await ann.Post($"{path}/undo", why)).Refuses(409, "not_stopped");
        (await ann.Post($"{path}/stop", why)).Refuses(409, "second_person_required");
        (await ann.Post($"{path}/stop", why)).Refuses(409, "second_person_required");
        var shown = (await ann.Get(path)).Expect(200).Json;
        Assert.Equal("open", shown.GetProperty("state").GetString());
        Assert.Equal("stop", shown.GetProperty("awaits").GetProperty("what").GetString());
        (await bob.Post($"{path}/stop", new { })).Refuses(422, "invalid", "reason");
        (await bob.Post($"{path}/stop", why)).Expect(202);
        (await bob.Post($"{path}/stop", why)).Refuses(409, "already_stopped");
        (await bob.Post($"{path}/undo", why)).Refuses(409, "second_person_required");
        (await ann.Post($"{path}/undo", why)).Expect(202);
        await UndoneAsync(fleet, path);
        Assert.Empty(fleet.Locks());
        Assert.Empty(fleet.LocksThere());
    }

    [Fact]
    public async Task A_batch_is_undone_and_other_locks_of_the_same_terminals_stand()
    {
        var fleet = await SimFleet.Enrol(server, merchant, 5);
        var other = fleet.Terminals[0].Id;
        await ann.Post(
            $"/api/v1/terminals/{other}/locks",
            new { cause = "remote", reason = "owes money" }
        );
        await fleet.SyncAll();
        var before = fleet.Locks();
        var batch = (
            await ann.Post(
                "/api/v1/locks",
                new
                {
                    selector = new { merchantId = merchant },
                    cause = "remote",
                    reason = "slip of the pen",
                }
            )
        ).Text("batchId");
        await fleet.SyncAll();
        Assert.Equal(6, fleet.LocksThere().Length);
        var path = await OpenAsync(new { batchId = batch, reason = "wrong selector" });
        (await ann.Post($"{path}/stop", new { reason = "x" })).Refuses(409, "nothing_to_stop");
        await UndoAsync(path);
        await UndoneAsync(fleet, path);
        Assert.Equal(before, fleet.Locks());
    }

    [Fact]
    public async Task Tampering_is_never_undone_and_the_count_says_so()
    {
        var fleet = await SimFleet.Enrol(server, merchant, 2);
        var batch = (
            await ann.Post(
                "/api/v1/locks",
                new
                {
                    selector = new { merchantId = merchant },
                    cause = "tamper",
                    reason = "recall",
                }
            )
        ).Text("batchId");
        await fleet.SyncAll();
        var before = fleet.Locks();
        var path = await OpenAsync(new { batchId = batch, reason = "false alarm" });
        await UndoAsync(path);
        await UndoneAsync(fleet, path);
        Assert.Equal(before, fleet.Locks());
        var undone = (await ann.Get(path)).Json.GetProperty("counts").GetProperty("undone");
        Assert.Equal(2, undone.GetProperty("impossible").GetInt32());
    }

    [Fact]
    public async Task A_terminal_cannot_pass_off_another_lock_as_the_rules_and_so_get_it_released()
    {
        var fleet = await LockedAsync(RuleName.Network, 2);
        var thief = fleet.Terminals[0];
        var lockId = (
            await ann.Post(
                $"/api/v1/terminals/{thief.Id}/locks",
                new { cause = "remote", reason = "stolen goods" }
            )
        ).Text("lockId");
        await fleet.SyncAll();
        thief.Say(
            new RuleFound(
                RuleName.Network,
                FindingEffect.Lock,
                Evidence.None,
                [Capability.CardPayment],
                DateTimeOffset.UtcNow,
                "other",
                lockId
            )
        );
        await fleet.SyncAll();
        var path = await OpenAsync(new { rule = "network", reason = "wrong" });
        (await ann.Post($"{path}/stop", new { reason = "x" })).Expect(409);
        (await bob.Post($"{path}/stop", new { reason = "x" })).Expect(202);
        await UndoAsync(path);
        await UndoneAsync(fleet, path);
        Assert.Equal($"{thief.Id} {lockId} Remote Confirmed", Assert.Single(fleet.Locks()));
    }

    [Fact]
    public async Task What_is_locked_after_the_undoing_was_ordered_is_left_alone()
    {
        var fleet = await LockedAsync(RuleName.Network, 2);
        var path = await OpenAsync(new { rule = "network", reason = "wrong" });
        (await ann.Post($"{path}/stop", new { reason = "x" })).Expect(409);
        (await bob.Post($"{path}/stop", new { reason = "x" })).Expect(202);
        await UndoAsync(path);
        await Task.Delay(5);
        fleet.Terminals[0].Find(RuleName.Network, "second line");
        await fleet.SyncAll();
        await UndoneAsync(fleet, path);
        Assert.Single(fleet.Locks());
    }

    [Fact]
    public async Task The_message_stands_at_each_lock_concerned_and_nowhere_else_until_the_crisis_is_closed()
    {
        var fleet = await LockedAsync(RuleName.Network, 2);
        var spared = await SimFleet.Enrol(server, merchant, 1);
        var keeper = await server.Person("merchant", merchant);
        var path = await OpenAsync(new { rule = "network", reason = "too many calls" });
        (await ann.Post($"{path}/message", new { text = "Not your fault. Back by noon." })).Expect(
            202
        );
        var seen = (await keeper.Get($"/api/v1/terminals/{fleet.Terminals[0].Id}")).Expect(200);
        var shown = seen.Json.GetProperty("locks")[0];
        Assert.Equal("Not your fault. Back by noon.", shown.GetProperty("crisis").GetString());
        Assert.EndsWith(
            "Not your fault. Back by noon.",
            shown.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "noon",
            (await keeper.Get($"/api/v1/terminals/{spared.Terminals[0].Id}")).Body,
            StringComparison.Ordinal
        );
        (await ann.Post($"{path}/close", new { reason = "it was right" })).Expect(202);
        Assert.DoesNotContain(
            "noon",
            (await keeper.Get($"/api/v1/terminals/{fleet.Terminals[0].Id}")).Body,
            StringComparison.Ordinal
        );
        (await ann.Post($"{path}/close", new { reason = "again" })).Refuses(409, "crisis_closed");
        (await ann.Post($"{path}/message", new { text = "late" })).Refuses(409, "crisis_closed");
    }

    [Fact]
    public async Task It_alarms_while_it_lasts_and_its_report_tells_everything_in_both_languages()
    {
        var fleet = await LockedAsync(RuleName.Network, 2);
        var path = await OpenAsync(new { rule = "network", reason = "calls | <b>many</b>" });
        var alert = $"/api/v1/alerts/{Alerts.IdOf(Crises.AlertKey(path[^10..]), 1)}";
        Assert.Equal(
            "Crisis: network has locked 2 of 2 terminals",
            (await ann.Get(alert)).Expect(200).Text("title")
        );
        (await ann.Post($"{path}/stop", new { reason = "x" })).Expect(409);
        (await bob.Post($"{path}/stop", new { reason = "x" })).Expect(202);
        await UndoAsync(path);
        await UndoneAsync(fleet, path);
        Assert.Equal("gone", (await ann.Get(alert)).Text("state"));

        var english = (await ann.Get($"{path}/report?format=markdown")).Expect(200).Body;
        foreach (
            var part in new[]
            {
                $"# Crisis {path[^10..]}: network",
                @"calls \| \<b\>many\</b\>",
                "asked to stop the rule",
                "ordered the undoing, with a second person",
                "2 locks had their turn: 2 releases ordered",
                "Somebody of risk",
                "| 0 / 0 / 2 |",
            }
        )
        {
            Assert.Contains(part, english, StringComparison.Ordinal);
        }
        using HttpRequestMessage request = new(HttpMethod.Get, $"{path}/report");
        request.Headers.Accept.ParseAdd("text/markdown");
        request.Headers.AcceptLanguage.ParseAdd("zh");
        using var chinese = await ann.Client.SendAsync(request);
        Assert.StartsWith("# 危机", await chinese.Content.ReadAsStringAsync());
        Assert.Equal("text/markdown", chinese.Content.Headers.ContentType!.MediaType);
        (await ann.Get($"{path}/report?format=pdf")).Refuses(422, "invalid", "format");
        var both = (await ann.Get($"{path}/report")).Expect(200);
        Assert.Equal(english, both.Text("markdown"));
        Assert.Equal("undone", both.Json.GetProperty("crisis").GetProperty("state").GetString());

        RebuildTests.Compare(server, "rule_hits", "enrolled", "crises", "crisis_undone", "alerts");
    }

    [Fact]
    public async Task Nonsense_is_refused_by_name()
    {
        (await ann.Post("/api/v1/crises", new { reason = "x" })).Refuses(422, "invalid", "rule");
        (await ann.Post("/api/v1/crises", new { rule = "weather", reason = "x" })).Refuses(
            422,
            "invalid",
            "rule"
        );
        (await ann.Post("/api/v1/crises", new { rule = "network" })).Refuses(
            422,
            "invalid",
            "reason"
        );
        (await ann.Post("/api/v1/crises", new { batchId = "nothing", reason = "x" })).Expect(404);
        var old = new
        {
            rule = "network",
            reason = "x",
            since = DateTimeOffset.UtcNow.AddDays(-8),
        };
        (await ann.Post("/api/v1/crises", old)).Refuses(422, "invalid", "since");
        (await ann.Get("/api/v1/crises/nothing")).Expect(404);
        (await ann.Post("/api/v1/crises/nothing/undo", new { reason = "x" })).Expect(404);
    }

    internal static Policy Locking(RuleName rule) =>
        RuleTable.Of(rule).With(Policy.Default, RuleMode.On) with
        {
            Network = Policy.Default.Network with { Mode = RuleMode.On, Then = RuleAction.Lock },
        };

    private async Task<SimFleet> LockedAsync(RuleName rule, int count)
    {
        var fleet = await SimFleet.Enrol(server, merchant, count);
        foreach (var terminal in fleet.Terminals)
        {
            terminal.Obey(Locking(rule));
            Assert.Equal(FindingEffect.Lock, terminal.Find(rule));
        }
        await fleet.SyncAll();
        return fleet;
    }

    private async Task<string> OpenAsync(object body) =>
        $"/api/v1/crises/{(await ann.Post("/api/v1/crises", body)).Expect(201).Text("id")}";

    private async Task<string> OnlyAsync()
    {
        var items = (await ann.Get("/api/v1/crises")).Expect(200).Json.GetProperty("items");
        return $"/api/v1/crises/{Assert.Single(items.EnumerateArray()).GetProperty("id").GetString()}";
    }

    private async Task UndoAsync(string path)
    {
        var why = new { reason = "it was wrong" };
        (await ann.Post($"{path}/undo", why)).Refuses(409, "second_person_required");
        (await bob.Post($"{path}/undo", why)).Expect(202);
    }

    /// <summary>Until every lock has had its turn and every terminal has taken its orders.</summary>
    private async Task UndoneAsync(SimFleet fleet, string path)
    {
        while ((await ann.Get(path)).Expect(200).Text("state") != "undone")
        {
            await fleet.Tick();
        }
        await fleet.SyncAll();
    }

    private async Task<JsonElement> EventuallyAsync(
        string path,
        Func<JsonElement, JsonElement> part,
        Func<JsonElement, bool> wanted
    )
    {
        for (var i = 0; i < 300; i++)
        {
            var found = part((await ann.Get(path)).Expect(200).Json);
            if (wanted(found))
            {
                return found;
            }
            await Task.Delay(50);
        }
        throw new TimeoutException($"{path} never became what was awaited.");
    }
}
