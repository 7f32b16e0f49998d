using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Policies;

public sealed class RuleTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    internal static RuleFound Found(FindingEffect effect, string? part = null) =>
        new(RuleName.RefundBurst, effect, Evidence.None, [], At, part);

    [Fact]
    public async Task Findings_are_counted_by_what_came_of_them_and_each_sees_their_own_part()
    {
        await using var server = await RunningServer.StartAsync();
        using var tree = await Tree.Plant(server);
        await tree.A1.Terminal.Report(
            Found(FindingEffect.Shadow),
            new RuleCleared(RuleName.RefundBurst),
            Found(FindingEffect.Shadow)
        );
        await tree.A2.Terminal.Report(Found(FindingEffect.Warning));
        await tree.B1.Terminal.Report(Found(FindingEffect.Shadow));

        await Expect(server.Admin, "2 of 3, 1 of 1");
        await Expect(await server.Person("risk", tree.OrgA), "1 of 2, 1 of 1");
        await Expect(tree.B1.Keeper, "1 of 1, 0 of 0");
    }

    [Fact]
    public async Task A_rule_that_only_the_server_judges_is_not_counted_on_a_terminals_word()
    {
        await using var server = await RunningServer.StartAsync();
        using var terminal = await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
        await terminal.Report(Found(FindingEffect.Lock) with { Rule = RuleName.Location });
        var location = await Rule(server.Admin, "location");
        Assert.Equal("0 of 0", Count(location, "lastDay", "locks"));
    }

    [Fact]
    public async Task A_forced_rule_only_records_everywhere_until_it_is_given_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var terminal = await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
        var admin = server.Admin;
        await admin.Set(
            $"terminal:{terminal.Id}",
            "customerPin: {mode: on}\nvelocity: {mode: off}"
        );
        Assert.Single(await terminal.PolicyOrders());

        await Force(server, RuleName.CustomerPin);
        await Force(server, RuleName.Velocity);
        await admin.Set(
            $"terminal:{terminal.Id}",
            "customerPin: {mode: on, wrongPins: 8}\nvelocity: {mode: off}"
        );
        var policy = (await terminal.PolicyOrders())[^1].Policy!;
        Assert.Equal(RuleMode.Shadow, policy.CustomerPin.Mode);
        Assert.Equal((8, RuleMode.Off), (policy.CustomerPin.WrongPins, policy.Velocity.Mode));
        Assert.Equal("shadow from crisis:C1", await admin.Value(terminal.Id, "customerPin.mode"));
        var rule = await Rule(admin, "customer_pin");
        Assert.Equal(("shadow", "C1"), (rule.Text("mode"), rule.Text("forcedBy")));

        const string Lift = "/api/v1/policies/rules/customer_pin/lift";
        var below = await server.Person("risk", await Tree.NewOrg(server, "Below"));
        (await below.Post(Lift, new { reason = "mine" })).Expect(403);
        (await admin.Post(Lift, new { })).Refuses(422, "invalid", "reason");
        (await admin.Post(Lift, new { reason = "found and mended" })).Expect(204);
        (await admin.Post(Lift, new { reason = "again" })).Refuses(409, "not_forced");
        await admin.Set("provider", "");
        Assert.Equal(RuleMode.On, (await terminal.PolicyOrders())[^1].Policy!.CustomerPin.Mode);
    }

    internal static Task Force(RunningServer server, RuleName rule) =>
        server
            .Services.GetRequiredService<Appender>()
            .Run(
                Act.Server,
                work =>
                {
                    RuleSwitch.ForceShadow(work, rule, "C1");
                    return true;
                }
            );

    private static async Task Expect(TestPerson person, string counts)
    {
        var rule = await Rule(person, "refund_burst");
        foreach (var window in new[] { "lastDay", "lastMonth" })
        {
            Assert.Equal(
                counts,
                $"{Count(rule, window, "shadow")}, {Count(rule, window, "warnings")}"
            );
        }
    }

    private static string Count(Answer rule, string window, string effect)
    {
        var count = rule.Json.GetProperty(window).GetProperty(effect);
        return $"{count.GetProperty("terminals")} of {count.GetProperty("findings")}";
    }

    private static async Task<Answer> Rule(TestPerson person, string name)
    {
        var rules = (await person.Get("/api/v1/policies/rules")).Expect(200);
        return new Answer(
            200,
            rules
                .Json.GetProperty("items")
                .EnumerateArray()
                .Single(r => r.GetProperty("rule").GetString() == name)
                .GetRawText()
        );
    }
}
