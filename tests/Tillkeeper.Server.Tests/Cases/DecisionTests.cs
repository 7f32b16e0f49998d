using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class DecisionTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task An_approved_reset_goes_out_as_an_order_and_the_lock_is_releasing_not_released()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();

        var answer = await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve);

        Assert.Equal("approved", answer.Expect(200).Text("state"));
        Assert.Equal(["passcode_reset"], await shop.Terminal.Orders());
        var seen = (await shop.Helpdesk.Get(Shop.PathOf(id))).Expect(200);
        Assert.Equal("releasing", seen.Text("lockStatus"));
        Assert.Equal("terminal", seen.Json.GetProperty("next").GetProperty("who").GetString());
        var decision = seen.Json.GetProperty("decision");
        Assert.Equal("approve", decision.GetProperty("outcome").GetString());
        Assert.Equal(2, decision.GetProperty("missing").GetArrayLength());
    }

    [Fact]
    public async Task A_refused_case_orders_nothing()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();

        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);

        Assert.Empty(await shop.Terminal.Orders());
        var seen = (await shop.Merchant.Get(Shop.PathOf(id))).Expect(200);
        Assert.Equal(("refused", "confirmed"), (seen.Text("state"), seen.Text("lockStatus")));
    }

    [Fact]
    public async Task Nobody_decides_a_case_that_they_opened_or_attached_to()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);
        var opened = await shop.Helpdesk.Post(
            "/api/v1/cases",
            shop.Request(lockId, "password_reset")
        );
        var id = opened.Expect(201).Text("id");
        (await shop.Risk.Put(Shop.PathOf(id, "/documents/identity_card"), Samples.Jpeg)).Expect(
            204
        );

        foreach (var own in (TestPerson[])[shop.Helpdesk, shop.Risk])
        {
            var answer = await own.Post(Shop.PathOf(id, "/decision"), new { });
            answer.Refuses(403, "own_case");
        }
        (await server.Admin.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
    }

    [Fact]
    public async Task The_helpdesk_decides_password_cases_and_no_others()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case(Cause.Anomaly, "provider_release");

        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Refuses(
            403,
            "forbidden"
        );
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
        Assert.Equal(["release"], await shop.Terminal.Orders());
    }

    [Fact]
    public async Task Agents_and_merchants_never_decide()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();

        foreach (var outside in (TestPerson[])[shop.Agent, shop.Merchant])
        {
            var answer = await outside.Post(Shop.PathOf(id, "/decision"), Shop.Approve);
            answer.Refuses(403, "forbidden");
        }
    }

    [Fact]
    public async Task A_second_decision_is_refused_before_its_content_is_looked_at()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);

        var again = await shop.Risk.Post(Shop.PathOf(id, "/decision"), new { });

        again.Refuses(409, "already_decided");
    }

    [Fact]
    public async Task A_decision_needs_a_known_word_and_a_reason()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var path = Shop.PathOf(id, "/decision");

        (await shop.Helpdesk.Post(path, new { decision = "maybe", reason = "x" })).Refuses(
            422,
            "invalid",
            "decision"
        );
        (await shop.Helpdesk.Post(path, new { decision = "approve", reason = " " })).Refuses(
            422,
            "invalid",
            "reason"
        );
        Assert.Empty(await shop.Terminal.Orders());
        Assert.Equal("open", (await shop.Helpdesk.Get(Shop.PathOf(id))).Text("state"));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_decides()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        TestPerson[] deciders = [shop.Helpdesk, shop.Risk, server.Admin];

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(i =>
                    deciders[i % 3]
                        .Post(Shop.PathOf(id, "/decision"), i % 2 == 0 ? Shop.Approve : Shop.Refuse)
                )
        );

        var winner = Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => a.Refuses(409, "already_decided"));
        var seen = (await shop.Helpdesk.Get(Shop.PathOf(id))).Expect(200);
        Assert.Equal(winner.Text("state"), seen.Text("state"));
        string[] wanted = winner.Text("state") == "approved" ? ["passcode_reset"] : [];
        Assert.Equal(wanted, await shop.Terminal.Orders());
    }

    [Fact]
    public async Task A_lock_that_two_release_needs_two_and_the_case_waits_for_the_second()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case(Cause.StateUnknown, "provider_release");
        var path = Shop.PathOf(id, "/decision");
        var second = await server.Person("risk");

        (await shop.Risk.Post(path, Shop.Approve)).Refuses(409, "second_person_required");
        (await shop.Risk.Post(path, Shop.Approve)).Refuses(409, "second_person_required");
        var waiting = (await second.Get(Shop.PathOf(id))).Expect(200);
        Assert.Equal(("open", "confirmed"), (waiting.Text("state"), waiting.Text("lockStatus")));
        Assert.Empty(await shop.Terminal.Orders());

        (await second.Post(path, Shop.Approve)).Expect(200);

        Assert.Equal(["release"], await shop.Terminal.Orders());
        Assert.Equal("approved", (await second.Get(Shop.PathOf(id))).Text("state"));
    }

    [Fact]
    public async Task Nothing_is_approved_for_a_terminal_that_is_not_enrolled()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        (
            await server.Admin.Post(
                $"/api/v1/terminals/{shop.Terminal.Id}/revoke",
                new { reason = "stolen" }
            )
        ).Expect(204);

        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Refuses(
            409,
            "not_enrolled"
        );
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
    }

    [Fact]
    public async Task A_way_out_that_lies_elsewhere_is_approved_and_waits()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case(Cause.HardwareFault, "repair");

        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);

        Assert.Empty(await shop.Terminal.Orders());
        var seen = (await shop.Risk.Get(Shop.PathOf(id))).Expect(200);
        Assert.Equal(("approved", "confirmed"), (seen.Text("state"), seen.Text("lockStatus")));
        Assert.Equal("repair", seen.Json.GetProperty("next").GetProperty("who").GetString());
    }

    [Fact]
    public async Task A_lock_that_only_a_challenge_speaks_of_is_not_released_by_an_order()
    {
        var shop = await Shop.Open(server);
        var challenge = shop.Terminal.Challenge(TestTerminal.NewId(), Cause.Anomaly);
        var opened = await shop.Agent.Post(
            "/api/v1/cases",
            shop.Request(null, "provider_release", challenge)
        );
        var id = opened.Expect(201).Text("id");

        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Refuses(
            409,
            "lock_not_reported"
        );
    }
}
