using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Environments.Networks;

/// <summary>W6: a further network is asked for by the shop and approved by somebody else, who thereby ends the lock for being in it.</summary>
public sealed class NetworkRequestTests
{
    private static string At(Stand stand, string rest = "") => $"{stand.Path}/networks{rest}";

    [Fact]
    public async Task Approved_by_somebody_else_the_place_where_it_stands_is_one_of_theirs_and_the_lock_ends()
    {
        await using var stand = await Stand.Settled("environment: {then: lock}\n");
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        var risk = await stand.Server.Person("risk");
        await stand.Stay(Stand.Phone);
        Assert.Single(await stand.Locks());

        var asked = await keeper.Post(
            At(stand),
            new { reason = "our line is down, we use my phone" }
        );
        var request = asked.Expect(201).Text("id");
        await stand.Stay(Stand.Phone);
        Assert.Single(await stand.Locks());

        (
            await risk.Post(
                At(stand, $"/{request}/decision"),
                new { decision = "approve", reason = "called back" }
            )
        ).Expect(204);
        await stand.Stay(Stand.Phone);

        Assert.All(
            await stand.Locks(),
            l => Assert.Equal("releasing", l.GetProperty("status").GetString())
        );
        await stand.Terminal.ApplyAll();
        // Back at the shop and again at the phone: both are theirs now.
        await stand.Stay(Stand.Shop);
        await stand.Stay(Stand.Phone);
        Assert.Single(await stand.Events("terminal.rule_found.v1"));
    }

    [Fact]
    public async Task A_network_that_was_named_is_registered_once_it_is_approved_and_not_before()
    {
        await using var stand = await Stand.Open(
            profile: new { networks = new[] { "192.0.2.0/24" } }
        );
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        var asked = await keeper.Post(
            At(stand),
            new { network = "198.51.100.0/24", reason = "a second line" }
        );
        asked.Expect(201);
        Assert.Equal(["192.0.2.0/24"], await Registered(stand));
        var alert = Assert.Single(await Alerts(stand));
        Assert.Contains("198.51.100.0/24", alert, StringComparison.Ordinal);

        (
            await stand.Server.Admin.Post(
                At(stand, $"/{asked.Text("id")}/decision"),
                new { decision = "approve", reason = "contract seen" }
            )
        ).Expect(204);

        Assert.Equal(["192.0.2.0/24", "198.51.100.0/24"], await Registered(stand));
        Assert.Empty(await Alerts(stand));
    }

    [Fact]
    public async Task Refused_it_changes_nothing_and_the_shop_reads_why()
    {
        await using var stand = await Stand.Open();
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        var asked = await keeper.Post(At(stand), new { network = "198.51.100.0/24", reason = "r" });
        var path = At(stand, $"/{asked.Expect(201).Text("id")}/decision");
        var refuse = new { decision = "refuse", reason = "That is the café next door." };
        (await stand.Server.Admin.Post(path, refuse)).Expect(204);
        (await stand.Server.Admin.Post(path, refuse)).Refuses(409, "already_decided");

        Assert.Empty(await Registered(stand));
        var item = Assert.Single(
            (await keeper.Get(At(stand))).Expect(200).Json.GetProperty("items").EnumerateArray()
        );
        Assert.Equal("refused", item.GetProperty("status").GetString());
        Assert.Equal("That is the café next door.", item.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Nobody_decides_what_they_asked_for_and_no_role_below_risk_decides_at_all()
    {
        await using var stand = await Stand.Open();
        var risk = await stand.Server.Person("risk");
        var asked = await risk.Post(At(stand), new { network = "198.51.100.0/24", reason = "r" });
        var path = At(stand, $"/{asked.Expect(201).Text("id")}/decision");
        var approve = new { decision = "approve", reason = "mine" };
        (await risk.Post(path, approve)).Refuses(403, "own_request");
        foreach (var role in (string[])["helpdesk", "fleet", "auditor"])
        {
            var other = await stand.Server.Person(role);
            (await other.Post(path, approve)).Refuses(403, "forbidden");
        }
        Assert.Empty(await Registered(stand));
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.0/8")]
    [InlineData("::/0")]
    [InlineData("shop")]
    [InlineData("198.51.100.1")]
    public async Task A_network_that_is_none_or_is_half_the_world_is_refused_by_name(string network)
    {
        await using var stand = await Stand.Open();
        var refused = await stand.Server.Admin.Post(At(stand), new { network, reason = "r" });
        refused.Refuses(422, "invalid", "network");
    }

    [Fact]
    public async Task What_waits_is_bounded_and_a_terminal_that_was_not_seen_is_asked_about_by_name()
    {
        await using var stand = await Stand.Open();
        (await stand.Server.Admin.Post(At(stand), new { reason = "r" })).Refuses(409, "not_seen");
        for (var i = 0; i < 4; i++)
        {
            (
                await stand.Server.Admin.Post(
                    At(stand),
                    new { network = $"198.51.{i}.0/24", reason = "r" }
                )
            ).Expect(201);
        }
        (
            await stand.Server.Admin.Post(
                At(stand),
                new { network = "198.51.9.0/24", reason = "r" }
            )
        ).Refuses(409, "requests_used_up");
    }

    private static async Task<string[]> Registered(Stand stand) =>
        [
            .. (await stand.Show())
                .GetProperty("networks")
                .EnumerateArray()
                .Select(n => n.GetString()!),
        ];

    private static async Task<string[]> Alerts(Stand stand) =>
        [
            .. (await stand.Server.Admin.Get("/api/v1/alerts"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Where(a =>
                    a.GetProperty("kind").GetString() == "network_asked"
                    && a.GetProperty("state").GetString() == "open"
                )
                .Select(a => a.GetProperty("title").GetString()!),
        ];
}
