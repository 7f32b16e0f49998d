using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Policies;

public sealed class PolicyEndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Every_mistake_of_a_file_is_told_with_its_line_and_nothing_is_set()
    {
        var merchant = await Shop.NewMerchant(server, null);
        var target = $"merchant:{merchant}";
        var answer = await server.Admin.TrySet(
            target,
            "away: {idelAfter: PT5M}\nbreaker: {minimum: 3}\nwrongPassword:\n  attempts: 0\n"
        );
        answer.Refuses(422, "invalid_policy", "away");
        var problems = answer.Problems();
        Assert.Equal(3, problems.Length);
        Assert.StartsWith("1: 'away' has no key 'idelAfter'; did you mean", problems[0]);
        Assert.StartsWith("4: wrongPassword.attempts is 0; it must be 1 to", problems[1]);
        Assert.StartsWith("2: 'breaker' watches over everybody", problems[2]);
        (await server.Admin.Get(Policing.At(target))).Expect(404);
    }

    [Fact]
    public async Task A_file_can_be_sent_as_it_is_and_is_shown_as_it_was_written()
    {
        var merchant = await Shop.NewMerchant(server, null);
        var path = Policing.At($"merchant:{merchant}");
        const string Text = "# For the till at the door\naway:\n  idleAfter: PT3M # short\n";
        var set = await server.Admin.Put($"{path}?reason=door", Policing.Yaml(Text));
        set.Expect(200);
        Assert.True(set.Json.GetProperty("changed").GetBoolean());
        var again = await server.Admin.Put($"{path}?reason=door", Policing.Yaml(Text));
        Assert.False(again.Expect(200).Json.GetProperty("changed").GetBoolean());

        var shown = (await server.Admin.Get(path)).Expect(200);
        Assert.Equal(Text, shown.Text("document"));
        var history = Assert.Single(shown.Json.GetProperty("history").EnumerateArray());
        Assert.Equal("door", history.GetProperty("reason").GetString());
        var listed = (await server.Admin.Get("/api/v1/policies")).Expect(200);
        Assert.Contains($"merchant:{merchant}", listed.Body, StringComparison.Ordinal);

        (await server.Admin.Put(path, Policing.Yaml(Text + "passcode: {}\n"))).Refuses(
            422,
            "invalid",
            "reason"
        );
        (await server.Admin.Put($"{path}?reason=x", [0xFF, 0xFE])).Expect(415);
    }

    [Fact]
    public async Task Whoever_has_seen_an_older_revision_is_told_and_sets_nothing()
    {
        var merchant = await Shop.NewMerchant(server, null);
        var target = $"merchant:{merchant}";
        var first = (await server.Admin.Set(target, "away: {idleAfter: PT5M}")).Json;
        var seen = first.GetProperty("revision").GetInt64();
        await server.Admin.Set(target, "away: {idleAfter: PT6M}");
        foreach (var expected in new[] { seen, 0 })
        {
            var late = await server.Admin.PutJson(
                Policing.At(target),
                new
                {
                    document = "away: {idleAfter: PT7M}",
                    reason = "late",
                    expectedRevision = expected,
                }
            );
            late.Refuses(409, "revision_changed");
        }
        var now = (await server.Admin.Get(Policing.At(target))).Json.GetProperty("revision");
        using HttpRequestMessage request = new(HttpMethod.Put, $"{Policing.At(target)}?reason=ok")
        {
            Content = Policing.Yaml("away: {idleAfter: PT7M}"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{now}\"");
        (await server.Admin.Client.Ask(request)).Expect(200);
    }

    [Fact]
    public async Task A_difference_tells_each_key_and_how_many_terminals_it_changes()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var one = await DoorTerminal.Enrol(server, merchant);
        using var two = await DoorTerminal.Enrol(server, merchant);
        await server.Admin.Set($"terminal:{one.Id}", "away: {idleAfter: PT1M}");
        var path = $"{Policing.At($"merchant:{merchant}")}/diff";

        var diff = await server.Admin.Post(
            path,
            new { document = "away: {idleAfter: PT9M}\npasscode: {minLength: 6}" }
        );
        var change = Assert.Single(diff.Expect(200).Json.GetProperty("changes").EnumerateArray());
        Assert.Equal("away.idleAfter: PT15M -> PT9M", Policing.Change(change));
        Assert.Equal(1, diff.Json.GetProperty("terminals").GetInt32());

        var none = await server.Admin.Post(path, new { document = "preset: gentle" });
        Assert.Equal(0, none.Expect(200).Json.GetProperty("terminals").GetInt32());
        (await server.Admin.Post(path, new { document = "x: 1" })).Refuses(
            422,
            "invalid_policy",
            "document"
        );
    }

    [Fact]
    public async Task Two_settings_that_no_terminal_could_take_together_are_refused()
    {
        var org = await Tree.NewOrg(server, "Careful");
        var merchant = await Shop.NewMerchant(server, org);
        await server.Admin.Set($"merchant:{merchant}", "wrongPassword: {resetAfter: 6}");
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var answer = await server.Admin.TrySet($"org:{org}", "wrongPassword: {attempts: 8}");
        answer.Refuses(422, "invalid", "wrongPassword.resetAfter");
        Assert.Contains($"merchant:{merchant}", answer.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_writes_the_rules_may_set_them_and_only_in_their_part_of_the_tree()
    {
        using var tree = await Tree.Plant(server);
        var risk = await server.Person("risk", tree.OrgA);
        await risk.Set($"merchant:{tree.A1.Merchant}", "away: {idleAfter: PT4M}");
        foreach (
            var target in new[] { "provider", "model:T1", $"merchant:{tree.B1.Merchant}", "shop:1" }
        )
        {
            (await risk.TrySet(target, "away: {}")).Expect(404);
        }
        foreach (var role in new[] { "agent", "merchant", "helpdesk", "fleet", "auditor" })
        {
            var person = await server.Person(role, tree.OrgA);
            (await person.TrySet($"merchant:{tree.A1.Merchant}", "away: {}")).Expect(403);
        }
        // Reasons and names are the provider's.
        var shown = await tree.A1.Keeper.Get(Policing.At($"merchant:{tree.A1.Merchant}"));
        var history = shown.Expect(200).Json.GetProperty("history")[0];
        Assert.False(history.TryGetProperty("reason", out _));
        Assert.False(history.TryGetProperty("person", out _));
    }
}
