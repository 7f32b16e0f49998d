using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Locks;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class CaseLifeTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static object Also(params (string LockId, string WayOut)[] locks) =>
        locks.Select(l => new { lockId = l.LockId, wayOut = l.WayOut });

    private static JsonElement Course(Answer answer) =>
        answer.Expect(200).Json.GetProperty("course");

    private static string[] Standing(Answer answer) =>
        [
            .. Course(answer)
                .GetProperty("locks")
                .EnumerateArray()
                .Where(l => l.GetProperty("status").GetString() != "released")
                .Select(l => l.GetProperty("lockId").GetString()!),
        ];

    private static async Task<(string Case, string First, string Second)> TwoLocks(
        Shop shop,
        Cause other = Cause.Anomaly,
        string wayOut = "provider_release"
    )
    {
        var first = await shop.Terminal.Lock(Cause.Remote);
        var second = await shop.Terminal.Lock(other);
        var opened = await shop.Merchant.Post(
            "/api/v1/cases",
            new
            {
                terminalId = shop.Terminal.Id,
                lockId = first,
                wayOut = "provider_release",
                applicant = new { name = "Wang Wei", phone = "139 1234 5678" },
                alsoLocks = Also((second, wayOut)),
            }
        );
        return (opened.Expect(201).Text("id"), first, second);
    }

    [Fact]
    public async Task One_case_covers_two_locks_orders_both_releases_and_says_which_remain()
    {
        var shop = await Shop.Open(server);
        var (id, first, second) = await TwoLocks(shop);
        var third = await shop.Terminal.Lock(Cause.CustomerPin);

        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Refuses(
            403,
            "forbidden"
        );
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
        Assert.Equal(["release", "release"], await shop.Terminal.Orders());
        Assert.Equal([first, second], Standing(await shop.Merchant.Get(Shop.PathOf(id))));

        await shop.Terminal.End(first, WayOut.ProviderRelease);
        var one = await shop.Merchant.Get(Shop.PathOf(id));
        Assert.Equal([second], Standing(one));
        Assert.Equal("approved", one.Text("state"));
        Assert.Equal(
            third,
            Course(one).GetProperty("alsoStanding")[0].GetProperty("lockId").GetString()
        );

        await shop.Terminal.End(second, WayOut.ProviderRelease);
        var done = await shop.Merchant.Get(Shop.PathOf(id));
        Assert.Empty(Standing(done));
        Assert.Equal(("closed", "released"), (done.Text("state"), done.Text("result")));
    }

    [Fact]
    public async Task A_lock_for_two_people_holds_the_whole_case_until_the_second_has_approved()
    {
        var shop = await Shop.Open(server);
        var (id, _, _) = await TwoLocks(shop, Cause.LocationAnomaly);
        var path = Shop.PathOf(id, "/decision");
        var second = await server.Person("risk");

        (await shop.Risk.Post(path, Shop.Approve)).Refuses(409, "second_person_required");
        (await shop.Risk.Post(path, Shop.Approve)).Refuses(409, "second_person_required");
        Assert.Empty(await shop.Terminal.Orders());

        (await second.Post(path, Shop.Approve)).Expect(200);
        Assert.Equal(["release", "release"], await shop.Terminal.Orders());
    }

    [Fact]
    public async Task A_further_lock_must_stand_and_have_the_way_out()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var other = await shop.Terminal.Lock(Cause.Remote);
        var path = Shop.PathOf(id, "/locks");

        foreach (
            var (lockId, wayOut, status, code) in new[]
            {
                (TestTerminal.NewId(), "provider_release", 404, "not_found"),
                (other, "repair", 409, "way_out_not_available"),
                (other, "offline_code", 409, "case_of_its_own"),
                (other, "magic", 422, "invalid"),
            }
        )
        {
            var answer = (await shop.Merchant.Post(path, new { lockId, wayOut })).Expect(status);
            Assert.Equal(code, answer.Code);
        }
        (
            await shop.Merchant.Post(path, new { lockId = other, wayOut = "provider_release" })
        ).Expect(204);
    }

    [Fact]
    public async Task A_case_is_found_by_its_number_however_it_is_spoken()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        await shop.Case();
        var number = Course(await shop.Merchant.Get(Shop.PathOf(id)))
            .GetProperty("number")
            .GetString()!;

        var found = await shop.Helpdesk.Get($"/api/v1/cases?number={number[..3]}-{number[3..]}");
        var items = found.Expect(200).Json.GetProperty("items");
        Assert.Equal(id, Assert.Single(items.EnumerateArray()).GetProperty("id").GetString());

        (await shop.Helpdesk.Get("/api/v1/cases?number=1234567")).Refuses(422, "invalid", "number");
        var foreign = await (await Shop.Open(server)).Merchant.Get(
            $"/api/v1/cases?number={number}"
        );
        Assert.Empty(foreign.Expect(200).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task It_is_given_only_to_somebody_who_may_decide_it()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case(Cause.Remote, "provider_release");
        var path = Shop.PathOf(id, "/assignee");

        foreach (var unfit in new[] { shop.Merchant, shop.Agent, shop.Helpdesk })
        {
            (await shop.Risk.Post(path, new { person = unfit.Id, reason = "shift ends" })).Refuses(
                422,
                "invalid",
                "person"
            );
        }
        (await shop.Merchant.Post(path, new { person = shop.Risk.Id, reason = "x" })).Refuses(
            403,
            "forbidden"
        );
        (await shop.Risk.Post(path, new { person = shop.Risk.Id, reason = "mine" })).Expect(204);
        var mine = await shop.Risk.Get($"/api/v1/cases?assignee={shop.Risk.Id}");
        Assert.Single(mine.Expect(200).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Duplicates_are_merged_and_the_insider_who_opened_one_decides_neither()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case(Cause.Remote, "provider_release");
        var again = await shop.Risk.Post("/api/v1/cases", shop.Request(lockId, "offline_code"));
        var duplicate = again.Expect(201).Text("id");
        var other = await shop.Terminal.Lock(Cause.Anomaly);
        var third = await shop.Risk.Post("/api/v1/cases", shop.Request(other, "provider_release"));
        var into = new { into = id, reason = "called twice" };

        (await shop.Merchant.Post(Shop.PathOf(duplicate, "/merge"), into)).Refuses(
            403,
            "forbidden"
        );
        (await shop.Risk.Post(Shop.PathOf(duplicate, "/merge"), into)).Expect(200);
        (await shop.Risk.Post(Shop.PathOf(third.Expect(201).Text("id"), "/merge"), into)).Expect(
            200
        );
        (await shop.Risk.Post(Shop.PathOf(duplicate, "/merge"), into)).Refuses(
            409,
            "already_decided"
        );

        Assert.Equal([lockId, other], Standing(await shop.Risk.Get(Shop.PathOf(id))));
        Assert.Equal("merged", (await shop.Risk.Get(Shop.PathOf(duplicate))).Text("result"));
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Refuses(403, "own_case");
        // The honest twin: somebody who had no part in either.
        (await server.Admin.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
    }

    [Fact]
    public async Task A_case_of_another_terminal_is_not_merged_and_a_foreign_one_does_not_exist()
    {
        var (shop, other) = (await Shop.Open(server), await Shop.Open(server));
        var (id, _) = await shop.Case();
        var (elsewhere, _) = await other.Case();
        var local = await server.Person("helpdesk", shop.AgentId);
        var body = new { into = elsewhere, reason = "same owner" };

        (await shop.Helpdesk.Post(Shop.PathOf(id, "/merge"), body)).Refuses(409, "other_terminal");
        (await local.Post(Shop.PathOf(id, "/merge"), body)).Refuses(404, "not_found");
    }

    [Fact]
    public async Task A_refused_case_comes_back_while_its_lock_stands()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case();
        var (path, why) = (Shop.PathOf(id, "/reopen"), new { reason = "papers are here" });

        (await shop.Merchant.Post(path, why)).Refuses(409, "case_open");
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        (await shop.Merchant.Post(path, new { reason = " " })).Refuses(422, "invalid", "reason");
        (await shop.Merchant.Post(path, why)).Expect(200);
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        await shop.Terminal.End(lockId, WayOut.Wait);
        (await shop.Merchant.Post(path, why)).Refuses(409, "lock_ended");
    }

    [Fact]
    public async Task The_shop_is_asked_one_question_and_nobody_marks_their_own_decision()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var path = Shop.PathOf(id, "/answer");

        (await Rate(shop.Merchant, 5)).Refuses(409, "not_decided");
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);
        (await Rate(shop.Helpdesk, 5)).Refuses(403, "own_decision");
        (await Rate(shop.Merchant, 0)).Refuses(422, "invalid", "score");
        var course = Course(await shop.Merchant.Get(Shop.PathOf(id)));
        Assert.True(course.GetProperty("mayAnswer").GetBoolean());
        (await Rate(shop.Merchant, 2)).Expect(204);
        (await Rate(shop.Merchant, 5)).Refuses(409, "already_answered");

        Task<Answer> Rate(TestPerson by, int score) =>
            by.Put(path, System.Net.Http.Json.JsonContent.Create(new { score }));
    }

    [Fact]
    public async Task A_case_that_waits_is_told_then_alerted_and_the_alert_goes_with_the_decision()
    {
        FakeTime clock = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var own = await RunningServer.StartAsync(clock);
        var shop = await Shop.Open(own);
        var (id, _) = await shop.Case(Cause.Remote, "provider_release");

        clock.Now += TimeSpan.FromMinutes(31);
        await own.Fire();
        Assert.False(await Overdue());
        Assert.Empty(await Alerts("open"));
        clock.Now += TimeSpan.FromMinutes(30);
        await own.Fire();
        Assert.True(await Overdue());
        Assert.Single(await Alerts("open"));

        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        Assert.Empty(await Alerts("open"));
        Assert.Single(await Alerts("gone"));
        clock.Now += TimeSpan.FromDays(2);
        await own.Fire();
        Assert.Empty(await Alerts("open"));

        async Task<bool> Overdue() =>
            Course(await shop.Risk.Get(Shop.PathOf(id))).GetProperty("overdue").GetBoolean();

        async Task<JsonElement[]> Alerts(string state) =>
            [
                .. (await shop.Risk.Get($"/api/v1/alerts?kind=case_overdue&state={state}"))
                    .Expect(200)
                    .Json.GetProperty("items")
                    .EnumerateArray(),
            ];
    }
}
