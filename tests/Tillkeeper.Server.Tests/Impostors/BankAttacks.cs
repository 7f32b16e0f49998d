using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Banks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on the word of the owner's bank (W2).</summary>
internal static class BankAttacks
{
    private const string Policy = "ownRelease: {bankApproval: [wrong_password]}";

    public static IReadOnlyList<Attack> All { get; } =
    [
        Bank("the bank's answer is played again for the next lock", Replayed),
        Bank(
            "the answer is signed by another bank's key",
            async (s, bank) =>
            {
                using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var answer = TestBank.AnswerTo(await Asked(s, bank));
                (await bank.Say("answers", answer, signedWith: foreign)).Refuses(
                    401,
                    "bad_message"
                );
            }
        ),
        Bank(
            "another bank of the provider answers",
            async (s, bank) =>
            {
                await using var other = await TestBank.Open(s.Server);
                var answer = TestBank.AnswerTo(await Asked(s, bank));
                (await other.Say("answers", answer)).Refuses(404, "not_found");
                (await other.Say("answers", answer, asBank: bank.Id)).Refuses(401, "bad_message");
            }
        ),
        Bank("the owner of another terminal says yes", OthersTerminal),
        Bank(
            "the owner was shown another text",
            async (s, bank) =>
            {
                var answer = TestBank.AnswerTo(await Asked(s, bank));
                answer["textDigest"] = new string('0', 64);
                (await bank.Say("answers", answer)).Refuses(409, "answer_differs");
            }
        ),
        Bank(
            "the answer is held back until it is too old",
            async (s, bank) =>
            {
                var answer = TestBank.AnswerTo(await Asked(s, bank));
                var before = DateTimeOffset.UtcNow.AddMinutes(-10);
                (await bank.Say("answers", answer, now: before)).Refuses(401, "bad_message");
            }
        ),
        Bank(
            "the owner has refused, and a yes is sent after it",
            async (s, bank) =>
            {
                var request = await Asked(s, bank);
                (await bank.Say("answers", TestBank.AnswerTo(request, approved: false))).Expect(
                    200
                );
                (await bank.Say("answers", TestBank.AnswerTo(request))).Refuses(
                    409,
                    "already_answered"
                );
            }
        ),
    ];

    private static Attack Bank(string name, Func<Scene, TestBank, Task> act) =>
        new(
            name,
            WayOut.BankApproval,
            Cause.WrongPassword,
            s => With(s, act),
            s =>
                With(
                    s,
                    async (_, bank) =>
                        (await bank.Say("answers", TestBank.AnswerTo(await Asked(s, bank)))).Expect(
                            200
                        )
                )
        )
        {
            Honest = "the owner reads the text in the bank's app and says yes",
            Policy = Policy,
        };

    private static async Task With(Scene s, Func<Scene, TestBank, Task> act)
    {
        await using var bank = await TestBank.Open(s.Server);
        await Bind(s, bank, OwnedShop.Reference);
        await act(s, bank);
    }

    private static async Task Bind(Scene s, TestBank bank, string reference)
    {
        var card = new { bank = bank.Id, reference };
        (await s.Server.Admin.PutJson($"{s.Path}/bank-card", card)).Expect(204);
    }

    private static async Task<JsonObject> Asked(Scene s, TestBank bank)
    {
        var body = new { action = "release", locks = new[] { s.LockId } };
        (await s.Keeper.Post($"{s.Path}/bank-requests", body)).Expect(202);
        return bank.LastRequest;
    }

    private static async Task Replayed(Scene s, TestBank bank)
    {
        var message = bank.Sign("answers", TestBank.AnswerTo(await Asked(s, bank)));
        (await bank.Send("answers", message)).Expect(200);
        await s.Sync();
        Assert.True(s.IsReleased);
        await s.LockAgain();
        await Asked(s, bank);
        (await bank.Send("answers", message)).Refuses(409, "already_answered");
    }

    private static async Task OthersTerminal(Scene s, TestBank bank)
    {
        using var other = await Scene.Set(s.Server, Cause.WrongPassword, Policy);
        await Bind(other, bank, "another-cardholder");
        var answer = TestBank.AnswerTo(await Asked(other, bank));
        answer["terminal"] = s.Terminal.Id;
        answer["locks"] = new JsonArray(s.LockId);
        (await bank.Say("answers", answer)).Refuses(409, "answer_differs");
    }
}
