using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>What a shop needs for other bindings: terminals that are free, locked for a move, and changes at each of their steps.</summary>
internal sealed record ShopBindings(
    string Old,
    string Free,
    ShopBindings.Steps Replacement,
    ShopBindings.Steps Relocation,
    string MoveCase,
    string Moving
)
{
    /// <param name="Proposed">Waits for the acquirer.</param>
    /// <param name="Approved">Waits for the second person.</param>
    /// <param name="Unwanted">Is to be withdrawn.</param>
    /// <param name="Spare">The same, on a page.</param>
    internal sealed record Steps(string Proposed, string Approved, string Unwanted, string Spare)
    {
        public IEnumerable<string> Ids => [Proposed, Approved, Unwanted, Spare];
    }

    private static readonly object Reason = new { reason = "agreed" };

    public IEnumerable<string> Ids =>
        [Old, Free, MoveCase, Moving, .. Replacement.Ids, .. Relocation.Ids];

    public static async Task<ShopBindings> Plan(RunningServer server, Shop shop)
    {
        var merchant = shop.Merchant;
        return new ShopBindings(
            await Register(server, merchant),
            await Register(server, merchant),
            await Walk(
                server,
                "replacements",
                async () =>
                    ReplacementOf(
                        await Register(server, merchant),
                        await Register(server, merchant)
                    )
            ),
            await Walk(
                server,
                "relocations",
                async () => RelocationOf(await MovedCase(server, merchant))
            ),
            await MovedCase(server, merchant),
            await AskToMove(server, shop)
        );
    }

    /// <summary>A terminal that the shop wants to move; one of two people agrees.</summary>
    private static async Task<string> AskToMove(RunningServer server, Shop shop)
    {
        var terminal = await Register(server, shop.Merchant);
        var at = $"/api/v1/terminals/{terminal}/moves";
        (await shop.Keeper.Post(at, Move(server.Clock.GetUtcNow()))).Expect(201);
        var fleet = await server.Person("fleet");
        (await fleet.Post($"{at}/approval", Reason)).Refuses(409, "second_person_required");
        return terminal;
    }

    public static object Move(DateTimeOffset now) =>
        new
        {
            from = now,
            until = now.AddDays(3),
            location = new
            {
                lat = 31.2504,
                lon = 121.4737,
                radiusM = 150,
            },
            address = "88 Renmin Road, Shanghai",
            reason = "the lease ends",
        };

    private static async Task<Steps> Walk(
        RunningServer server,
        string kind,
        Func<Task<object>> proposal
    )
    {
        List<string> ids = [];
        for (var i = 0; i < 4; i++)
        {
            var proposed = await server.Admin.Post($"/api/v1/{kind}", await proposal());
            ids.Add(proposed.Expect(201).Text("id"));
        }
        await Acknowledge(server, kind, ids[1]);
        var first = await server.Person("risk");
        (await first.Post($"/api/v1/{kind}/{ids[1]}/approval", Reason)).Refuses(
            409,
            "second_person_required"
        );
        return new Steps(ids[0], ids[1], ids[2], ids[3]);
    }

    public static async Task Acknowledge(RunningServer server, string kind, string id) =>
        (
            await server.Admin.Post(
                $"/api/v1/{kind}/{id}/acknowledgement",
                new { reference = "UMS-2026-1122" }
            )
        ).Expect(204);

    public static object Registration(string acquirer = "unionpay", string mid = "M1") =>
        new
        {
            acquirerCode = acquirer,
            merchantCode = mid,
            creditCode = "9144030071526726XG",
            settlementAccount = "****3321",
            addressOfUse = "88 Renmin Road",
        };

    public static object ReplacementOf(
        string terminalId,
        string newTerminalId,
        params object[] registrations
    ) =>
        new
        {
            terminalId,
            newTerminalId,
            registrations = registrations.Length > 0 ? registrations : [Registration()],
            reason = "worn out",
        };

    public static object RelocationOf(string caseId) =>
        new
        {
            caseId,
            networks = new[] { "203.0.113.0/24" },
            registrations = new[] { Registration() },
            reason = "the shop moved",
        };

    public static async Task<string> Register(RunningServer server, string merchantId)
    {
        using var terminal = await DoorTerminal.Register(server, merchantId);
        return terminal.Id;
    }

    /// <summary>The case of a terminal that is locked because it is elsewhere, with the lease attached by somebody at the helpdesk.</summary>
    private static async Task<string> MovedCase(RunningServer server, string merchant)
    {
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        return await MovedCase(server, terminal);
    }

    public static async Task<string> MovedCase(
        RunningServer server,
        DoorTerminal terminal,
        bool lease = true
    )
    {
        var lockId = TestTerminal.NewId();
        await terminal.Report(Shop.Raise(lockId, Cause.LocationAnomaly));
        var helpdesk = await server.Person("helpdesk");
        var opened = await helpdesk.Post(
            "/api/v1/cases",
            Shop.CaseBody(terminal.Id, lockId, "move_approved")
        );
        var id = opened.Expect(201).Text("id");
        if (lease)
        {
            (await helpdesk.Put($"/api/v1/cases/{id}/documents/lease", Shop.Photo)).Expect(204);
        }
        return id;
    }
}
