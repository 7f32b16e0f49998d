using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Isolation.Pages;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>
/// Every route of the people's door that asks who somebody is, in the order in which an admin could call them one after the other. Roles are
/// written out here once more, on purpose: the contract says them, and the program's own table is what is tested.
/// </summary>
internal static class Recipes
{
    private const string Everybody = "all";
    private const string Deciders = "admin helpdesk risk";
    private const string Openers = "admin helpdesk risk agent merchant";
    private const string Lockers = "admin risk fleet";
    private const string Keepers = "admin fleet";

    /// <summary>Routes that answer strangers.</summary>
    public static IReadOnlyList<string> Public { get; } =
    [
        "GET /healthz",
        "GET /readyz",
        "GET /openapi/v1.json",
        "GET /open/{token}",
        "POST /open/{token}",
        "GET /assets/{**name}",
    ];

    /// <summary>The terminals' door.</summary>
    public static IReadOnlyList<string> Terminals { get; } =
    [
        "POST /terminal/v1/enrol",
        "POST /terminal/v1/renew",
        "GET /terminal/v1/orders",
        "POST /terminal/v1/events",
        "POST /terminal/v1/heartbeat",
        "GET /terminal/v1/artifacts/{sha256}",
    ];

    public static IReadOnlyList<Recipe> All { get; } =
    [
        // While whoever owes an action still has a key, and before the API settles what pages have open.
        .. PageRecipes.All,
        .. PeopleRecipes.All,
        .. InvestigationRecipes.All,
        .. ViewRecipes.All,
        .. PageRecipes.Frame,
        new("GET /metrics", Right.Look, Everybody, Answers.Provider, _ => "/metrics"),
        new("GET /api/v1/keys", Right.SeeKeys, "admin auditor", NoTrace, _ => "/api/v1/keys"),
        new("GET /api/v1/overview", Right.Look, Everybody, NoTrace, _ => "/api/v1/overview"),
        new("GET /api/v1/orgs", Right.Look, Everybody, NoTrace, _ => "/api/v1/orgs"),
        new("GET /api/v1/merchants", Right.Look, Everybody, NoTrace, _ => "/api/v1/merchants"),
        new(
            "GET /api/v1/merchants/{id}",
            Right.Look,
            Everybody,
            NotFound,
            s => $"/api/v1/merchants/{s.Merchant}"
        ),
        new(
            "GET /api/v1/terminals",
            Right.Look,
            Everybody,
            NoTrace,
            s => $"/api/v1/terminals?merchant={s.Merchant}"
        ),
        new("GET /api/v1/terminals/{id}", Right.Look, Everybody, NotFound, At),
        new(
            "GET /api/v1/terminals/{id}/verdict",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/verdict?capability=card_payment"
        ),
        new(
            "GET /api/v1/terminals/{id}/alternatives",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/alternatives"
        ),
        new(
            "GET /api/v1/verdict",
            Right.Look,
            Everybody,
            NotFound,
            s => $"/api/v1/verdict?acquirer=unionpay&tid={s.Tid}&capability=refund"
        ),
        new(
            "GET /api/v1/terminals/{id}/events",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/events"
        ),
        new(
            "GET /api/v1/terminals/{id}/orders",
            Right.DecideCases,
            Deciders,
            NotFound,
            s => $"{At(s)}/orders?format=jws",
            Opens: true
        ),
        new(
            "GET /api/v1/locks/batches/{id}",
            Right.Look,
            Everybody,
            NotFound,
            s => $"/api/v1/locks/batches/{s.Batch}"
        ),
        new("GET /api/v1/cases", Right.Look, Everybody, NoTrace, _ => "/api/v1/cases"),
        new("GET /api/v1/cases/{id}", Right.Look, Everybody, NotFound, AtCase),
        new(
            "GET /api/v1/cases/{id}/documents/{documentId}",
            Right.DecideCases,
            Deciders,
            NotFound,
            s => $"{AtCase(s)}/documents/{s.Document}"
        ),
        new(
            "GET /api/v1/audit/verify",
            Right.VerifyAudit,
            "admin auditor",
            Answers.Provider,
            _ => "/api/v1/audit/verify"
        ),
        .. AuditRecipes.All,
        new(
            "POST /api/v1/orgs",
            Right.ManageOrgs,
            "admin",
            NotFound,
            _ => "/api/v1/orgs",
            s => new
            {
                parent = s.Org,
                kind = "agent",
                name = "Below",
            }
        ),
        new(
            "POST /api/v1/merchants",
            Right.ManageMerchants,
            "admin fleet agent",
            NotFound,
            _ => "/api/v1/merchants",
            s => Bodies.Merchant("Another", s.Org)
        ),
        new(
            "POST /api/v1/terminals",
            Right.ManageTerminals,
            Keepers,
            NotFound,
            _ => "/api/v1/terminals",
            s => new
            {
                serial = DoorTerminal.NewSerial(),
                merchantId = s.Merchant,
                model = "T1",
            },
            Opens: true
        ),
        new(
            "PUT /api/v1/terminals/by-serial/{serial}",
            Right.ManageTerminals,
            Keepers,
            NotFound,
            s => $"/api/v1/terminals/by-serial/{s.Serial}",
            s => new { merchantId = s.Merchant, model = "T2" }
        ),
        new(
            "POST /api/v1/terminals/{id}/enrolment-codes",
            Right.ManageTerminals,
            Keepers,
            NotFound,
            s => $"{At(s)}/enrolment-codes",
            Opens: true
        ),
        new(
            "POST /api/v1/terminals/{id}/locks",
            Right.OrderLocks,
            Lockers,
            NotFound,
            s => $"{At(s)}/locks",
            _ => new { cause = "anomaly", reason = "because" }
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/release",
            Right.ReleaseLocks,
            "admin risk",
            NotFound,
            s => $"{At(s)}/locks/{s.RemoteLock}/release",
            _ => new { reason = "because" },
            Opens: true
        ),
        new(
            "POST /api/v1/locks",
            Right.OrderLocks,
            Lockers,
            NotFound,
            _ => "/api/v1/locks",
            s => new
            {
                selector = new { terminals = new[] { s.Terminal.Id } },
                cause = "anomaly",
                reason = "because",
            }
        ),
        new(
            "POST /api/v1/cases",
            Right.OpenCases,
            Openers,
            NotFound,
            _ => "/api/v1/cases",
            s => Shop.CaseBody(s.Terminal.Id, s.PasswordLock, "offline_code")
        ),
        new(
            "PUT /api/v1/cases/{id}/documents/{kind}",
            Right.AttachDocuments,
            Openers,
            NotFound,
            // By a person who does not decide it afterwards, where that matters.
            s => $"{AtCase(s)}/documents/terminal_photo",
            _ => Shop.Photo
        ),
        // While there is something left to end.
        .. OwnerRecipes.All,
        new(
            "POST /api/v1/cases/{id}/decision",
            Right.DecideCases,
            Deciders,
            NotFound,
            s => $"{AtCase(s)}/decision",
            _ => new { decision = "approve", reason = "papers seen" },
            Opens: true
        ),
        new(
            "POST /api/v1/cases/{id}/offline-code",
            Right.ReadCodes,
            Deciders,
            NotFound,
            s => $"{AtCase(s)}/offline-code",
            s => new { challenge = Challenges.Of(s) },
            Opens: true
        ),
        new(
            "POST /api/v1/keys",
            Right.ManageKeys,
            "admin",
            NotFound,
            _ => "/api/v1/keys",
            s => new
            {
                name = "Eve",
                role = "merchant",
                org = s.Merchant,
            },
            Opens: true
        ),
        new(
            "DELETE /api/v1/keys/{id}",
            Right.ManageKeys,
            "admin",
            NotFound,
            s => $"/api/v1/keys/{s.Keeper.Id}"
        ),
        // While there is a terminal to bring updates to: a campaign with none is over at once.
        .. CampaignRecipes.All,
        new(
            "POST /api/v1/terminals/{id}/revoke",
            Right.RevokeTerminals,
            Lockers,
            NotFound,
            s => $"{At(s)}/revoke",
            _ => new { reason = "stolen" }
        ),
        .. CaseRecipes.All,
        .. PolicyRecipes.All,
        .. WatchRecipes.All,
        .. EnvironmentRecipes.All,
        .. LockRecipes.All,
        .. CrisisRecipes.All,
        .. RepairRecipes.All,
        .. BindingRecipes.All,
        .. LedgerRecipes.All,
        .. WaitingRecipes.All,
        .. NotificationRecipes.All,
        .. TamperRecipes.All,
        .. WebhookRecipes.All,
        .. ComplaintRecipes.All,
        .. ShopRecipes.All,
        .. ReportRecipes.All,
    ];

    private static string At(Shop shop) => $"/api/v1/terminals/{shop.Terminal.Id}";

    private static string AtCase(Shop shop) => $"/api/v1/cases/{shop.Case}";
}
