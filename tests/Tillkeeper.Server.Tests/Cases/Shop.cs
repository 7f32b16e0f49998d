using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

/// <summary>One agent with one merchant with one terminal, and everybody who has to do with it.</summary>
internal sealed class Shop
{
    public required RunningServer Server { get; init; }
    public required string AgentId { get; init; }
    public required string MerchantId { get; init; }
    public required TestTerminal Terminal { get; init; }
    public required TestPerson Agent { get; init; }
    public required TestPerson Merchant { get; init; }
    public required TestPerson Helpdesk { get; init; }
    public required TestPerson Risk { get; init; }

    public static async Task<Shop> Open(RunningServer server)
    {
        var agent = await server.Admin.Post("/api/v1/orgs", new { kind = "agent", name = "Agent" });
        var agentId = agent.Expect(201).Text("id");
        var merchant = await server.Admin.Post(
            "/api/v1/merchants",
            new
            {
                name = "Noodle shop",
                org = agentId,
                identity = new { kind = "other", number = "SHOP-0001" },
                contact = new { name = "Li", phone = "13800138000" },
            }
        );
        var merchantId = merchant.Expect(201).Text("id");
        return new Shop
        {
            Server = server,
            AgentId = agentId,
            MerchantId = merchantId,
            Terminal = await TestTerminal.Enrol(server, merchantId),
            Agent = await server.Person("agent", agentId),
            Merchant = await server.Person("merchant", merchantId),
            Helpdesk = await server.Person("helpdesk"),
            Risk = await server.Person("risk"),
        };
    }

    /// <summary>The body of a request that is right in everything.</summary>
    public object Request(
        string? lockId,
        string wayOut,
        string? challenge = null,
        object? applicant = null,
        string? note = null,
        bool nameTerminal = true
    ) =>
        new
        {
            terminalId = nameTerminal ? Terminal.Id : null,
            lockId,
            challenge,
            wayOut,
            applicant = applicant ?? new { name = "Wang Wei", phone = "139 1234 5678" },
            note,
        };

    /// <summary>A case that the merchant has opened for a lock of this cause; the lock stands at the terminal.</summary>
    public async Task<(string Id, string LockId)> Case(
        Cause cause = Cause.WrongPassword,
        string wayOut = "password_reset"
    )
    {
        var lockId = await Terminal.Lock(cause);
        var opened = await Merchant.Post("/api/v1/cases", Request(lockId, wayOut));
        return (opened.Expect(201).Text("id"), lockId);
    }

    public static string PathOf(string caseId, string rest = "") => $"/api/v1/cases/{caseId}{rest}";

    public static object Approve { get; } = new { decision = "approve", reason = "Papers match." };

    public static object Refuse { get; } = new { decision = "refuse", reason = "Papers differ." };
}
