using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Lock = Tillkeeper.Core.Locks.Lock;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>Two agents of the provider: A with two merchants, B with one; every shop with everything that a shop can have.</summary>
internal sealed record Tree(string OrgA, string OrgB, Shop A1, Shop A2, Shop B1) : IDisposable
{
    public static async Task<Tree> Plant(RunningServer server)
    {
        var a = await NewOrg(server, "Agent Alpha");
        var b = await NewOrg(server, "Agent Beta");
        return new Tree(
            a,
            b,
            await Ledger.Books.Keep(server, await Shop.Open(server, a, "Apple shop")),
            await Ledger.Books.Keep(server, await Shop.Open(server, a, "Apricot shop")),
            await Ledger.Books.Keep(
                server,
                await Tamper(server, await Shop.Open(server, b, "Banana shop"))
            )
        );
    }

    /// <summary>A further terminal of the shop: tampered with, and one of two people has vouched for its repair.</summary>
    private static async Task<Shop> Tamper(RunningServer server, Shop shop)
    {
        using var terminal = await DoorTerminal.Register(server, shop.Merchant);
        var at = $"/api/v1/terminals/{terminal.Id}";
        (
            await server.Admin.Post($"{at}/locks", new { cause = "tamper", reason = "found open" })
        ).Expect(202);
        var first = await server.Person("risk");
        (await first.Post($"{at}/tamper-repair", Bodies.Repair)).Refuses(
            409,
            "second_person_required"
        );
        var investigated = await server.Admin.Post(
            "/api/v1/investigations",
            Isolation.InvestigationRecipes.Body(shop)
        );
        var asked = await shop.Keeper.Post(
            $"/api/v1/terminals/{shop.Terminal.Id}/networks",
            new { network = "203.0.113.0/24", reason = "a new line" }
        );
        return shop with
        {
            Tampered = terminal.Id,
            NetworkRequest = asked.Expect(201).Text("id"),
            Investigation = investigated.Expect(201).Text("id"),
            Repairs = await ShopRepairs.Plan(server, shop),
            Bindings = await ShopBindings.Plan(server, shop),
            Cases = await ShopCases.Of(server, shop),
            Desk = await ShopDesk.Of(shop),
        };
    }

    public static async Task<string> NewOrg(
        RunningServer server,
        string name,
        string? parent = null
    ) => (
            await server.Admin.Post(
                "/api/v1/orgs",
                new
                {
                    parent,
                    kind = "agent",
                    name,
                }
            )
        ).Expect(201).Text("id");

    public void Dispose()
    {
        A1.Terminal.Dispose();
        A2.Terminal.Dispose();
        B1.Terminal.Dispose();
    }
}

/// <summary>A merchant with a terminal that is locked in two ways, a case with a document, a batch and a person.</summary>
internal sealed record Shop(
    string Org,
    string Name,
    string Merchant,
    string Serial,
    string Tid,
    DoorTerminal Terminal,
    string RemoteLock,
    string PasswordLock,
    string Batch,
    TestPerson Keeper,
    string Case,
    string Document,
    string Awaiting,
    string Scheduled,
    string Webhook,
    string Artifact,
    string Campaign,
    string? Tampered = null,
    string Settlement = "",
    string? NetworkRequest = null,
    string? Investigation = null,
    ShopRepairs? Repairs = null,
    ShopBindings? Bindings = null
)
{
    /// <summary>What the keeper complains about: the lock that the provider put up.</summary>
    public object ComplaintBody =>
        new
        {
            kind = "lock",
            terminalId = Terminal.Id,
            lockId = RemoteLock,
            text = "There was no reason.",
        };

    public string Complaint { get; private init; } = "";

    /// <summary>Somebody of the shop who may sign in with a browser.</summary>
    public string Account { get; private init; } = "";

    /// <summary>And somebody else.</summary>
    public string OtherAccount { get; private init; } = "";
    public string Announcement { get; private init; } = "";
    public ShopCases Cases { get; init; } = ShopCases.None;
    public ShopDesk Desk { get; init; } = ShopDesk.None;

    public static byte[] Photo { get; } = [0x89, .. "PNG\r\n\x1a\n"u8, 1, 2, 3];

    /// <summary>Everything by which somebody could recognise this shop in an answer.</summary>
    public IEnumerable<string> Traces =>
        [
            Name,
            Merchant,
            Serial,
            Tid,
            Terminal.Id,
            RemoteLock,
            PasswordLock,
            Batch,
            Keeper.Id,
            Case,
            Document,
            Awaiting,
            Scheduled,
            Webhook,
            Artifact,
            Campaign,
            Settlement,
            Complaint,
            Account,
            OtherAccount,
            Announcement,
            .. Tampered is null ? (string[])[] : [Tampered],
            .. Repairs?.Ids ?? [],
            .. Bindings?.Ids ?? [],
        ];

    public static async Task<string> NewMerchant(
        RunningServer server,
        string? org,
        string name = "Shop"
    ) =>
        (await server.Admin.Post("/api/v1/merchants", Bodies.Merchant(name, org)))
            .Expect(201)
            .Text("id");

    public static async Task<Shop> Open(RunningServer server, string org, string name)
    {
        var admin = server.Admin;
        var merchant = await NewMerchant(server, org, name);
        var terminal = await DoorTerminal.Enrol(server, merchant);
        var shown = await admin.Get($"/api/v1/terminals/{terminal.Id}");
        var serial = shown.Expect(200).Text("serial");
        var tid = $"T{serial[^6..]}";
        var binding = new
        {
            merchantId = merchant,
            model = "T1",
            bindings = new[]
            {
                new
                {
                    acquirer = "unionpay",
                    mid = "M1",
                    tid,
                },
            },
        };
        (await admin.PutJson($"/api/v1/terminals/by-serial/{serial}", binding)).Expect(200);
        var locker = await server.Person("risk");
        var remote = await locker.Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "remote", reason = "test" }
        );
        var batch = await locker.Post(
            "/api/v1/locks",
            new
            {
                selector = new { merchantId = merchant },
                cause = "maintenance",
                reason = "test",
            }
        );
        // The first of two people wants the batch undone.
        (
            await admin.Post(
                $"/api/v1/locks/batches/{batch.Expect(202).Text("batchId")}/release",
                new { reason = "test" }
            )
        ).Refuses(409, "second_person_required");
        var passwordLock = TestTerminal.NewId();
        await terminal.ApplyAll();
        await terminal.Report(Raise(passwordLock, Cause.WrongPassword, "operator-1"));
        var keeper = await server.Person("merchant", merchant);
        var opened = await keeper.Post("/api/v1/cases", CaseBody(terminal.Id, passwordLock));
        var caseId = opened.Expect(201).Text("id");
        (await keeper.Put($"/api/v1/cases/{caseId}/documents/business_licence", Photo)).Expect(204);
        var seen = await admin.Get($"/api/v1/cases/{caseId}");
        var document = seen.Json.GetProperty("documents")[0].GetProperty("id").GetString()!;
        // Where nobody listens: what it is sent stays with it.
        var webhook = await admin.Post(
            "/api/v1/webhooks",
            new
            {
                url = "https://192.0.2.1/hook",
                events = new[] { "crisis.opened" },
                place = merchant,
            }
        );
        var stored = await admin.Put(
            $"/api/v1/artifacts?name=till&version=1.0&org={merchant}",
            [1, 2, 3]
        );
        var artifact = stored.Expect(201).Text("id");
        // Waits for a second person: nothing of it happens by itself.
        var proposed = await admin.Post(
            "/api/v1/campaigns",
            new
            {
                name = "Back to 1.0",
                artifact,
                selector = new { merchantId = merchant },
                downgrade = true,
                reason = "test",
            }
        );
        proposed.Refuses(409, "second_person_required");
        var campaign = proposed.Text("id");
        Shop shop = new(
            org,
            name,
            merchant,
            serial,
            tid,
            terminal,
            remote.Expect(202).Text("lockId"),
            passwordLock,
            batch.Expect(202).Text("batchId"),
            keeper,
            caseId,
            document,
            await WaitingLock(locker, terminal.Id, secondPerson: true),
            await WaitingLock(locker, terminal.Id, at: server.Clock.GetUtcNow().AddDays(1)),
            webhook.Expect(201).Text("id"),
            artifact,
            campaign
        );
        var complaint = await keeper.Post("/api/v1/complaints", shop.ComplaintBody);
        return shop with
        {
            Complaint = complaint.Expect(201).Text("id"),
            Account = await NewAccount(admin, merchant),
            OtherAccount = await NewAccount(admin, merchant),
            Announcement = await Announcements.Announcing.Announce(server, merchant),
        };
    }

    private static async Task<string> NewAccount(TestPerson admin, string merchant) => (
            await admin.Post(
                "/api/v1/people",
                new
                {
                    name = "Keeper with a browser",
                    login = $"keeper-{Letters.Random()}",
                    role = "merchant",
                    org = merchant,
                }
            )
        ).Expect(201).Text("id");

    /// <summary>A lock that waits, for its time or for a second person; the id of its batch.</summary>
    private static async Task<string> WaitingLock(
        TestPerson by,
        string terminal,
        DateTimeOffset? at = null,
        bool secondPerson = false
    ) => (
            await by.Post(
                $"/api/v1/terminals/{terminal}/locks",
                new
                {
                    cause = "remote",
                    reason = "test",
                    at,
                    secondPerson,
                }
            )
        ).Expect(202).Text("batchId");

    public static object CaseBody(
        string terminalId,
        string lockId,
        string wayOut = "password_reset"
    ) =>
        new
        {
            terminalId,
            lockId,
            wayOut,
            applicant = new { name = "Li Na", phone = "138 0013 8000" },
        };

    /// <summary>A lock that the terminal raises itself.</summary>
    public static LockBegun Raise(string id, Cause cause, string? onOperator = null) =>
        new(
            new Lock
            {
                Id = id,
                Cause = cause,
                Subject = onOperator is null ? Subject.Terminal : Subject.OfOperator(onOperator),
                Scope = LockTable.Of(cause).Scope,
                Owner = LockOwner.Terminal,
                Status = LockStatus.Confirmed,
                Since = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero),
                WaysOut = LockTable.Of(cause).WaysOut,
            },
            Clock
        );

    public static DeviceTime Clock { get; } = new("boot", 1000);
}
