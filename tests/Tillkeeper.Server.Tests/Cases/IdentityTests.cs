using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

/// <summary>Impostors, each with an honest twin: what the caller brings opens nothing, what the shop on file says does.</summary>
public sealed class IdentityTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string OnFile = "13800138000";

    private async Task<Shop> Careful(string more = "")
    {
        var shop = await Shop.Open(server);
        await server.Admin.Set(
            $"merchant:{shop.MerchantId}",
            $"identity: {{independentProof: true{more}}}"
        );
        return shop;
    }

    private static Task<Answer> Decide(TestPerson person, string id) =>
        person.Post(Shop.PathOf(id, "/decision"), Shop.Approve);

    private static async Task<Answer> Call(TestPerson person, string id, string outcome)
    {
        var started = (await person.Post(Shop.PathOf(id, "/call-backs"), new { })).Expect(201);
        Assert.Equal(OnFile, started.Text("phone"));
        var number = started.Json.GetProperty("number").GetInt32();
        return await person.Post(Shop.PathOf(id, $"/call-backs/{number}"), new { outcome });
    }

    private static Task<Answer> Change(TestPerson person, string merchant, object file) =>
        person.Put($"/api/v1/merchants/{merchant}/file", JsonContent.Create(file));

    private static object NewContact(string phone) =>
        new { contact = new { name = "Zhao", phone }, reason = "new phone" };

    private static async Task<string[]> Missing(TestPerson person, string id) =>
        [
            .. (await person.Get(Shop.PathOf(id)))
                .Expect(200)
                .Json.GetProperty("missing")
                .EnumerateArray()
                .Select(m => m.GetString()!),
        ];

    [Fact]
    public async Task Perfect_papers_open_nothing_until_the_number_on_file_confirms()
    {
        var shop = await Careful();
        var (id, _) = await shop.Case();
        foreach (var kind in (string[])["business_licence", "identity_card"])
        {
            var paper = Samples.JpegWith($"forged {kind} {id}");
            (await shop.Merchant.Put(Shop.PathOf(id, $"/documents/{kind}"), paper)).Expect(204);
        }
        Assert.Empty(await Missing(shop.Helpdesk, id));

        var refused = await Decide(shop.Helpdesk, id);
        refused.Refuses(409, "proof_missing");
        Assert.Contains("call_back", refused.Text("detail"), StringComparison.Ordinal);
        (await Call(shop.Helpdesk, id, "not_reached")).Expect(204);
        (await Decide(shop.Helpdesk, id)).Refuses(409, "proof_missing");
        Assert.DoesNotContain("passcode_reset", await shop.Terminal.Orders());

        (await Call(shop.Helpdesk, id, "confirmed")).Expect(204);
        (await Decide(shop.Helpdesk, id)).Expect(200);
        Assert.Contains("passcode_reset", await shop.Terminal.Orders());
    }

    [Fact]
    public async Task A_shop_that_confirms_needs_no_papers_unless_the_policy_wants_both()
    {
        var shop = await Careful();
        var (id, _) = await shop.Case();
        (await Call(shop.Helpdesk, id, "confirmed")).Expect(204);
        Assert.Empty(await Missing(shop.Helpdesk, id));
        (await Decide(shop.Helpdesk, id)).Expect(200);

        var strict = await Careful(", callBackSuffices: false, wrongPasswordDocuments: [passport]");
        var (both, _) = await strict.Case();
        (await Call(strict.Helpdesk, both, "confirmed")).Expect(204);
        Assert.Equal(["passport"], await Missing(strict.Helpdesk, both));
        (await Decide(strict.Helpdesk, both)).Refuses(409, "proof_missing");
        var paper = Samples.JpegWith(both);
        (await strict.Merchant.Put(Shop.PathOf(both, "/documents/passport"), paper)).Expect(204);
        (await Decide(strict.Helpdesk, both)).Expect(200);
    }

    [Fact]
    public async Task What_the_shop_denies_is_approved_by_nobody_under_any_policy()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        (await Call(shop.Helpdesk, id, "denied")).Expect(204);
        (await Call(shop.Risk, id, "confirmed")).Expect(204);

        foreach (var person in new[] { shop.Helpdesk, shop.Risk, server.Admin })
        {
            (await Decide(person, id)).Refuses(409, "denied_by_shop");
        }
        Assert.DoesNotContain("passcode_reset", await shop.Terminal.Orders());
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
    }

    [Fact]
    public async Task An_insider_neither_calls_for_a_case_of_their_own_nor_ends_anothers_call()
    {
        var shop = await Careful();
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);
        var opened = await shop.Helpdesk.Post(
            "/api/v1/cases",
            shop.Request(lockId, "password_reset")
        );
        var id = opened.Expect(201).Text("id");

        (await shop.Helpdesk.Post(Shop.PathOf(id, "/call-backs"), new { })).Refuses(
            403,
            "own_case"
        );
        (await shop.Risk.Post(Shop.PathOf(id, "/call-backs"), new { })).Expect(201);
        (
            await server.Admin.Post(Shop.PathOf(id, "/call-backs/1"), new { outcome = "confirmed" })
        ).Refuses(404, "not_found");
        var end = Shop.PathOf(id, "/call-backs/1");
        (await shop.Risk.Post(end, new { outcome = "sure" })).Refuses(422, "invalid", "outcome");
        (await shop.Risk.Post(end, new { outcome = "confirmed" })).Expect(204);
        (await shop.Risk.Post(end, new { outcome = "confirmed" })).Refuses(409, "call_back_ended");
        foreach (var outside in new[] { shop.Agent, shop.Merchant })
        {
            (await outside.Post(Shop.PathOf(id, "/call-backs"), new { })).Refuses(403, "forbidden");
        }
        (await Decide(shop.Risk, id)).Expect(200);
    }

    [Fact]
    public async Task A_call_before_the_contact_changed_proves_nothing_and_afterwards_two_approve()
    {
        var shop = await Careful();
        var (id, _) = await shop.Case();
        (await Call(shop.Helpdesk, id, "confirmed")).Expect(204);
        (await Change(shop.Agent, shop.MerchantId, NewContact("13900000001"))).Expect(204);
        (await Decide(shop.Helpdesk, id)).Refuses(409, "proof_missing");

        var started = await shop.Helpdesk.Post(Shop.PathOf(id, "/call-backs"), new { });
        Assert.Equal("13900000001", started.Expect(201).Text("phone"));
        (
            await shop.Helpdesk.Post(
                Shop.PathOf(id, "/call-backs/2"),
                new { outcome = "confirmed" }
            )
        ).Expect(204);
        (await Decide(shop.Helpdesk, id)).Refuses(409, "second_person_required");
        (await Decide(shop.Helpdesk, id)).Refuses(409, "second_person_required");
        Assert.DoesNotContain("passcode_reset", await shop.Terminal.Orders());
        (await Decide(shop.Risk, id)).Expect(200);
        Assert.Contains("passcode_reset", await shop.Terminal.Orders());
    }

    [Fact]
    public async Task A_change_that_leaves_the_contact_alone_or_is_old_asks_for_no_second_person()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var other = new { legalRepresentative = "Li Lei", reason = "from the register" };
        (await Change(shop.Agent, shop.MerchantId, other)).Expect(204);
        (await Decide(shop.Helpdesk, id)).Expect(200);

        var relaxed = await Shop.Open(server);
        await server.Admin.Set(
            $"merchant:{relaxed.MerchantId}",
            "identity: {recentContactDays: 0}"
        );
        (await Change(relaxed.Agent, relaxed.MerchantId, NewContact("13900000002"))).Expect(204);
        var (second, _) = await relaxed.Case();
        (await Decide(relaxed.Helpdesk, second)).Expect(200);
    }

    [Fact]
    public async Task A_comparison_says_how_alike_and_never_what_is_on_file()
    {
        var shop = await Shop.Open(server);
        var file = new
        {
            legalRepresentative = "\u6b27\u9633\u5a1c\u5a1c",
            settlementLast = "4417",
            reason = "from the register",
        };
        (await Change(shop.Agent, shop.MerchantId, file)).Expect(204);
        var (id, _) = await shop.Case();
        var presented = new
        {
            name = "NOODLE  SHOP",
            number = "SHOP-0002",
            legalRepresentative = "\u6b27\u9633\u5a1c",
            model = "T2000",
            settlementLast = "4418",
        };

        var answer = await shop.Helpdesk.Post(Shop.PathOf(id, "/comparison"), presented);
        Assert.Equal(
            [
                "name match",
                "number near",
                "legal_representative near",
                "serial missing",
                "model differs",
                "settlement_last differs",
            ],
            answer
                .Expect(200)
                .Json.GetProperty("fields")
                .EnumerateArray()
                .Select(f => $"{f.GetProperty("field")} {f.GetProperty("likeness")}")
        );
        Assert.DoesNotContain("4417", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("SHOP-0001", answer.Body, StringComparison.Ordinal);

        // An insider cannot try through what is on file.
        for (var i = 1; i < 10; i++)
        {
            (await shop.Helpdesk.Post(Shop.PathOf(id, "/comparison"), presented)).Expect(200);
        }
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/comparison"), presented)).Refuses(
            409,
            "comparisons_used_up"
        );
        foreach (var outside in new[] { shop.Agent, shop.Merchant })
        {
            (await outside.Post(Shop.PathOf(id, "/comparison"), presented)).Refuses(
                403,
                "forbidden"
            );
            var seen = (await outside.Get(Shop.PathOf(id))).Expect(200);
            Assert.False(seen.Json.TryGetProperty("identity", out _));
        }
    }

    [Fact]
    public async Task One_licence_in_two_shops_is_recognised_and_needs_two_people()
    {
        var (first, second) = (await Careful(), await Careful());
        var (one, _) = await first.Case();
        var (other, _) = await second.Case();
        var licence = Samples.JpegWith($"one licence for all {one}");
        var path = "/documents/business_licence";
        (await first.Merchant.Put(Shop.PathOf(one, path), licence)).Expect(204);
        (await first.Merchant.Put(Shop.PathOf(one, path), licence)).Expect(204);
        Assert.Empty(await Seen(first, one));
        (await second.Merchant.Put(Shop.PathOf(other, path), licence)).Expect(204);
        Assert.Equal([one], await Seen(second, other));
        // Whoever brought it does not learn where it is.
        var brought = await second.Merchant.Get(Shop.PathOf(other));
        Assert.DoesNotContain(one, brought.Body, StringComparison.Ordinal);

        (await Call(second.Helpdesk, other, "confirmed")).Expect(204);
        (await Decide(second.Helpdesk, other)).Refuses(409, "second_person_required");
        (await Decide(second.Risk, other)).Expect(200);
        // The honest twin: the first shop's licence is its own.
        (await Call(first.Helpdesk, one, "confirmed")).Expect(204);
        (await Decide(first.Helpdesk, one)).Expect(200);

        static async Task<string[]> Seen(Shop shop, string id) =>
            [
                .. (await shop.Helpdesk.Get(Shop.PathOf(id)))
                    .Expect(200)
                    .Json.GetProperty("identity")
                    .GetProperty("seenBefore")
                    .EnumerateArray()
                    .Select((JsonElement s) => s.GetProperty("otherCase").GetString()!),
            ];
    }

    [Fact]
    public async Task The_file_takes_four_digits_and_a_reason_and_is_never_in_the_log()
    {
        var shop = await Shop.Open(server);
        var whole = new { settlementLast = "6222021234567890", reason = "x" };
        (await Change(shop.Agent, shop.MerchantId, whole)).Refuses(
            422,
            "invalid",
            "settlementLast"
        );
        (await Change(shop.Agent, shop.MerchantId, new { legalRepresentative = "Li" })).Refuses(
            422,
            "invalid",
            "reason"
        );
        (await Change(shop.Merchant, shop.MerchantId, NewContact("1"))).Refuses(403, "forbidden");
        var secret = $"Representative-{Letters.Random()}";
        var file = new { legalRepresentative = secret, reason = "from the register" };
        (await Change(shop.Agent, shop.MerchantId, file)).Expect(204);
        Assert.False(DatabaseText.Contains(server, System.Text.Encoding.UTF8.GetBytes(secret)));
    }
}
