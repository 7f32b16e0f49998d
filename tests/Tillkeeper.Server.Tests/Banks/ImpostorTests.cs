using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Banks;

/// <summary>Every way to make a bank's word say more than the owner did; the honest answer afterwards shows that nothing else was wrong.</summary>
public sealed class ImpostorTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task An_answer_that_differs_from_the_question_in_anything_releases_nothing()
    {
        await using var shop = await OwnedShop.Open(server);
        await using var other = await OwnedShop.Open(server);
        var (paused, second) = (await shop.Locked(), await shop.Locked());
        var request = await shop.Asked("release", paused);
        (string Field, JsonNode Value)[] bent =
        [
            ("terminal", other.Terminal.Id),
            ("locks", new JsonArray(paused, second)),
            ("locks", new JsonArray(second)),
            ("locks", new JsonArray()),
            ("action", "reset_passcode"),
            ("nonce", "AAAAAAAAAAAAAAAAAAAAAA"),
            ("reference", "cardholder-0000"),
            ("textDigest", new string('0', 64)),
        ];
        foreach (var (field, value) in bent)
        {
            var answer = TestBank.AnswerTo(request);
            answer[field] = value;
            (await shop.Bank.Say("answers", answer)).Refuses(409, "answer_differs");
        }
        Assert.Equal("confirmed", await shop.StatusOf(paused));
        Assert.DoesNotContain("release", await shop.Terminal.Orders());

        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Expect(200);
        Assert.Equal("releasing", await shop.StatusOf(paused));
        Assert.Equal("confirmed", await shop.StatusOf(second));
    }

    [Fact]
    public async Task A_message_that_the_bank_did_not_sign_for_this_and_now_is_not_looked_at()
    {
        await using var shop = await OwnedShop.Open(server);
        await using var other = await OwnedShop.Open(server);
        var request = await shop.Asked("release", await shop.Locked());
        var answer = TestBank.AnswerTo(request);
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        Answer[] refused =
        [
            await shop.Bank.Say("answers", answer, signedWith: foreign),
            await shop.Bank.Say("answers", answer, typ: "tillkeeper-bank-state"),
            await shop.Bank.Say("answers", answer, now: now.AddMinutes(-10)),
            await shop.Bank.Say("answers", answer, now: now.AddMinutes(10)),
            await shop.Bank.Say("answers", answer, asBank: other.Bank.Id),
            await shop.Bank.Say("answers", answer, asBank: "none"),
            await other.Bank.Say("answers", answer, asBank: shop.Bank.Id),
            await shop.Bank.Send("answers", "not a message"),
            await shop.Bank.Send("answers", shop.Bank.Sign("answers", answer)[..^4] + "AAAA"),
            await shop.Bank.Say("wishes", new JsonObject(), "tillkeeper-bank-wish"),
            await shop.Bank.Say("state", new JsonObject()),
        ];
        Assert.All(refused, r => r.Refuses(401, "bad_message"));
        // Another bank, rightly signed: the request does not exist for it.
        (await other.Bank.Say("answers", answer)).Refuses(404, "not_found");
        (await shop.Bank.Say("answers", answer)).Expect(200);
        (await shop.Bank.Say("answers", answer)).Refuses(409, "already_answered");
    }

    [Fact]
    public async Task A_hundred_answers_at_once_count_once()
    {
        await using var shop = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        var request = await shop.Asked("release", paused);
        var message = shop.Bank.Sign("answers", TestBank.AnswerTo(request));
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => shop.Bank.Send("answers", message))
        );
        Assert.Single(answers, a => a.Status == 200);
        Assert.Single(await shop.Terminal.Orders(), kind => kind == "release");
    }

    [Fact]
    public async Task A_card_is_shown_and_moves_only_what_is_bound_to_it()
    {
        await using var shop = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        JsonObject stranger = new() { ["reference"] = "somebody-else" };
        var state = (await shop.Bank.Say("state", stranger)).Expect(200).Json;
        Assert.Empty(state.GetProperty("terminals").EnumerateArray());
        stranger["terminal"] = shop.Terminal.Id;
        stranger["action"] = "release";
        stranger["locks"] = new JsonArray(paused);
        (await shop.Bank.Say("wishes", stranger, "tillkeeper-bank-wish")).Refuses(404, "not_found");

        // Bound to another card in between: the old owner's yes is worth nothing.
        var request = await shop.Asked("release", paused);
        await shop.Bind(server, "the-new-owner");
        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Refuses(409, "no_bank_card");
        Assert.Equal("confirmed", await shop.StatusOf(paused));
    }

    [Fact]
    public async Task Only_causes_that_the_policy_gives_away_and_locks_with_that_way_out()
    {
        await using var shop = await OwnedShop.Open(server);
        var (moved, attacked) = (
            await shop.Locked(Cause.NetworkAnomaly),
            await shop.Locked(Cause.CustomerPin)
        );
        var stubborn = await shop.Locked(Cause.WrongPassword, WayOut.BankApproval);
        foreach (var locked in new[] { moved, attacked, stubborn })
        {
            (await shop.Ask("release", locked)).Refuses(409, "way_out_not_available");
        }
        var paused = await shop.Locked();
        (await shop.Ask("release", paused, attacked)).Refuses(409, "way_out_not_available");
        var request = await shop.Asked("release", paused);
        // What was allowed when it was asked is not when it is answered.
        await server.Admin.Set($"merchant:{shop.Merchant}", "ownRelease: {bankApproval: []}");
        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Refuses(
            409,
            "way_out_not_available"
        );
    }

    [Fact]
    public async Task An_owner_is_not_asked_again_and_again()
    {
        await using var shop = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        for (var i = 0; i < 3; i++)
        {
            var request = await shop.Asked("release", paused);
            (await shop.Ask("release", paused)).Refuses(409, "request_waiting");
            (await shop.Bank.Say("answers", TestBank.AnswerTo(request, approved: false))).Expect(
                200
            );
        }
        (await shop.Ask("release", paused)).Refuses(409, "asked_too_often");
    }

    [Fact]
    public async Task A_card_number_is_no_reference_and_a_weak_key_no_banks()
    {
        await using var shop = await OwnedShop.Open(server);
        var bound = await server.Admin.PutJson(
            $"{shop.Path}/bank-card",
            new { bank = shop.Bank.Id, reference = "4111111111111111" }
        );
        bound.Refuses(422, "invalid", "reference");
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (
            var pem in new[]
            {
                rsa.ExportSubjectPublicKeyInfoPem(),
                p384.ExportSubjectPublicKeyInfoPem(),
                "",
            }
        )
        {
            var made = await server.Admin.Post(
                "/api/v1/banks",
                new
                {
                    name = "Bank",
                    url = "https://bank.example",
                    kid = "k",
                    publicKey = pem,
                }
            );
            made.Refuses(422, "invalid", "publicKey");
        }
    }
}
