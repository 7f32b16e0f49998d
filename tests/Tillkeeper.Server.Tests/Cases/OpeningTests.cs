using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class OpeningTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_case_shows_the_lock_what_is_missing_and_who_acts_next()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case();

        var seen = (await shop.Helpdesk.Get(Shop.PathOf(id))).Expect(200);

        Assert.Equal(
            ("open", "wrong_password", "E01", "password_reset", lockId, "confirmed"),
            (
                seen.Text("state"),
                seen.Text("cause"),
                seen.Text("code"),
                seen.Text("wayOut"),
                seen.Text("lockId"),
                seen.Text("lockStatus")
            )
        );
        Assert.Equal(
            ["business_licence", "identity_card"],
            seen.Json.GetProperty("missing").EnumerateArray().Select(m => m.GetString())
        );
        Assert.Equal("applicant", seen.Json.GetProperty("next").GetProperty("who").GetString());
        Assert.Single(seen.Json.GetProperty("timeline").EnumerateArray());
        Assert.True(seen.Json.GetProperty("mayDecide").GetBoolean());
    }

    [Fact]
    public async Task The_applicant_is_shown_masked_and_only_to_deciders_and_the_opener()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();

        foreach (var entitled in (TestPerson[])[shop.Helpdesk, shop.Merchant])
        {
            var applicant = (await entitled.Get(Shop.PathOf(id))).Json.GetProperty("applicant");
            Assert.Equal("Wang Wei", applicant.GetProperty("name").GetString());
            Assert.Equal("139****5678", applicant.GetProperty("phone").GetString());
        }
        var auditor = await server.Person("auditor");
        foreach (var other in (TestPerson[])[shop.Agent, auditor])
        {
            var seen = (await other.Get(Shop.PathOf(id))).Expect(200);
            Assert.False(seen.Json.TryGetProperty("applicant", out _));
        }
    }

    [Fact]
    public async Task A_lock_that_the_server_does_not_know_is_not_found()
    {
        var shop = await Shop.Open(server);

        var answer = await shop.Merchant.Post(
            "/api/v1/cases",
            shop.Request(TestTerminal.NewId(), "password_reset")
        );

        answer.Refuses(404, "not_found");
    }

    [Fact]
    public async Task A_way_out_that_the_lock_does_not_have_is_told_before_what_is_wrong_with_the_rest()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);
        var nobody = new { name = "", phone = "" };

        var answer = await shop.Merchant.Post(
            "/api/v1/cases",
            shop.Request(lockId, "repair", applicant: nobody)
        );

        answer.Refuses(409, "way_out_not_available");
    }

    [Fact]
    public async Task The_same_request_again_is_refused_and_names_the_case_that_is_there()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case();

        var again = await shop.Agent.Post("/api/v1/cases", shop.Request(lockId, "password_reset"));
        var otherWay = await shop.Agent.Post("/api/v1/cases", shop.Request(lockId, "offline_code"));

        again.Refuses(409, "case_exists");
        Assert.Equal(id, again.Text("caseId"));
        otherWay.Expect(201);
    }

    [Fact]
    public async Task Once_refused_the_same_may_be_asked_again()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case();
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);

        var again = await shop.Merchant.Post(
            "/api/v1/cases",
            shop.Request(lockId, "password_reset")
        );

        again.Expect(201);
    }

    [Fact]
    public async Task What_is_wrong_with_the_content_names_its_field()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);
        var right = new { name = "Wang Wei", phone = "13912345678" };
        var wrongId = new
        {
            right.name,
            right.phone,
            idNumber = "11010519491231002Y",
        };
        (string Field, object Body)[] wrong =
        [
            ("wayOut", shop.Request(lockId, "magic")),
            ("applicant.name", shop.Request(lockId, "wait", applicant: new { right.phone })),
            ("applicant.phone", shop.Request(lockId, "wait", applicant: new { right.name })),
            (
                "applicant.phone",
                shop.Request(
                    lockId,
                    "wait",
                    applicant: new { right.name, phone = "4111111111111111" }
                )
            ),
            ("applicant.idNumber", shop.Request(lockId, "wait", applicant: wrongId)),
            ("note", shop.Request(lockId, "wait", note: "card 4111 1111 1111 1111")),
        ];

        foreach (var (field, body) in wrong)
        {
            (await shop.Merchant.Post("/api/v1/cases", body)).Refuses(422, "invalid", field);
        }
        (await shop.Merchant.Post("/api/v1/cases", shop.Request(lockId, "wait"))).Expect(201);
    }

    [Fact]
    public async Task Neither_fleet_nor_an_auditor_opens_cases()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);

        foreach (var role in (string[])["fleet", "auditor"])
        {
            var person = await server.Person(role);
            var answer = await person.Post("/api/v1/cases", shop.Request(lockId, "wait"));
            answer.Refuses(403, "forbidden");
        }
    }

    [Fact]
    public async Task The_list_can_be_narrowed_to_a_state()
    {
        var shop = await Shop.Open(server);
        var (open, _) = await shop.Case();
        var (refused, _) = await shop.Case();
        (await shop.Helpdesk.Post(Shop.PathOf(refused, "/decision"), Shop.Refuse)).Expect(200);

        Assert.Equal([open], await Ids("?state=open"));
        Assert.Equal([refused], await Ids("?state=refused"));
        Assert.Equal(2, (await Ids("")).Length);
        (await shop.Merchant.Get("/api/v1/cases?state=lost")).Refuses(422, "invalid", "state");

        async Task<string[]> Ids(string query) =>
            [
                .. (await shop.Merchant.Get($"/api/v1/cases{query}"))
                    .Expect(200)
                    .Json.GetProperty("items")
                    .EnumerateArray()
                    .Select(i => i.GetProperty("id").GetString()!),
            ];
    }
}
