using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on a move that nobody announced (W9) and on the replacement of a terminal (W5).</summary>
internal static class BindingAttacks
{
    private static readonly object Reason = new { reason = "the papers are genuine" };

    public static IReadOnlyList<Attack> All { get; } =
    [
        Move(
            "a forged lease for a stolen terminal, and one human approves with two keys",
            async s =>
            {
                var at = await Moved(s, s.Helpdesk);
                await OneWithTwoKeys(s, at);
            }
        ),
        Move(
            "a forged lease, and whoever attached it approves",
            async s =>
            {
                var at = await Moved(s, s.Risk);
                (await Approve(s.Risk, at)).Refuses(403, "own_case");
                (await Approve(s.SecondRisk, at)).Refuses(409, "second_person_required");
            }
        ),
        Move(
            "the move is approved before the acquirer has heard of it",
            async s => await Unacknowledged(s, await Moved(s, s.Helpdesk, acknowledged: false))
        ),
        Replacement(
            "one human approves the replacement with two keys",
            async s => await OneWithTwoKeys(s, await Replaced(s))
        ),
        Replacement(
            "the replacement is approved before the acquirer has acknowledged it",
            async s => await Unacknowledged(s, await Replaced(s, acknowledged: false))
        ),
        Replacement(
            "the replacement is registered under another credit code",
            async s =>
            {
                var successor = await ShopBindings.Register(s.Server, s.Merchant);
                var other = new
                {
                    acquirerCode = "unionpay",
                    merchantCode = "M1",
                    creditCode = "91310000MA1FL1LM2U",
                    settlementAccount = "****3321",
                    addressOfUse = "88 Renmin Road",
                };
                var body = ShopBindings.ReplacementOf(s.Terminal.Id, successor, other);
                (await s.Server.Admin.Post("/api/v1/replacements", body)).Refuses(
                    422,
                    "invalid",
                    "registrations.creditCode"
                );
            }
        ),
    ];

    private static Attack Move(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.MoveApproved,
            Cause.LocationAnomaly,
            act,
            async s => await TwoPeople(s, await Moved(s, s.Helpdesk))
        )
        {
            Honest = "lease, acknowledgement of the acquirer, two people",
        };

    /// <summary>The old terminal stays locked for good: what opens is the way to the new one.</summary>
    private static Attack Replacement(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.Replacement,
            Cause.HardwareFault,
            act,
            async s => await TwoPeople(s, await Replaced(s))
        )
        {
            Honest = "acknowledgement of the acquirer, two people: the new terminal takes over",
            IsOpen = async s =>
                (await s.Server.Admin.Get(s.Path))
                    .Expect(200)
                    .Json.TryGetProperty("replacedBy", out var successor)
                && successor.ValueKind == JsonValueKind.String,
        };

    private static Task<Answer> Approve(TestPerson by, string at) =>
        by.Post($"{at}/approval", Reason);

    private static async Task TwoPeople(Scene s, string at)
    {
        (await Approve(s.Risk, at)).Refuses(409, "second_person_required");
        (await Approve(s.SecondRisk, at)).Expect(204);
    }

    private static async Task OneWithTwoKeys(Scene s, string at)
    {
        (await Approve(s.Risk, at)).Refuses(409, "second_person_required");
        var again = await s.FurtherKey(s.Risk, "admin");
        (await Approve(again, at)).Refuses(409, "second_person_required");
    }

    private static async Task Unacknowledged(Scene s, string at)
    {
        foreach (var by in (TestPerson[])[s.Risk, s.SecondRisk])
        {
            (await Approve(by, at)).Refuses(409, "registration_not_acknowledged");
        }
    }

    public static async Task<string> Moved(Scene s, TestPerson attaches, bool acknowledged = true)
    {
        var id = await s.Case(s.Helpdesk, "move_approved");
        (await attaches.Put($"/api/v1/cases/{id}/documents/lease", Shop.Photo)).Expect(204);
        return await Proposed(s, "relocations", ShopBindings.RelocationOf(id), acknowledged);
    }

    public static async Task<string> Replaced(Scene s, bool acknowledged = true)
    {
        var successor = await ShopBindings.Register(s.Server, s.Merchant);
        var body = ShopBindings.ReplacementOf(s.Terminal.Id, successor);
        return await Proposed(s, "replacements", body, acknowledged);
    }

    private static async Task<string> Proposed(Scene s, string kind, object body, bool acknowledged)
    {
        var proposed = await s.Server.Admin.Post($"/api/v1/{kind}", body);
        var id = proposed.Expect(201).Text("id");
        if (acknowledged)
        {
            await ShopBindings.Acknowledge(s.Server, kind, id);
        }
        return $"/api/v1/{kind}/{id}";
    }
}
