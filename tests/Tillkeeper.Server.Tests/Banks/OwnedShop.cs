using System.Text.Json.Nodes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;
using Lock = Tillkeeper.Core.Locks.Lock;

namespace Tillkeeper.Server.Tests.Banks;

/// <summary>A shop whose owner may end the pauses of its operators, with a terminal bound to the owner's card.</summary>
internal sealed class OwnedShop : IAsyncDisposable
{
    public const string Reference = "cardholder-7f3a";

    public required string Merchant { get; init; }
    public required TestTerminal Terminal { get; init; }
    public required TestPerson Owner { get; init; }
    public required TestBank Bank { get; init; }

    public string Path => $"/api/v1/terminals/{Terminal.Id}";

    public static async Task<OwnedShop> Open(RunningServer server)
    {
        var merchant = await Shop.NewMerchant(server, null);
        await server.Admin.Set(
            $"merchant:{merchant}",
            "ownRelease: {bankApproval: [wrong_password]}"
        );
        OwnedShop shop = new()
        {
            Merchant = merchant,
            Terminal = await TestTerminal.Enrol(server, merchant),
            Owner = await server.Person("merchant", merchant),
            Bank = await TestBank.Open(server),
        };
        await shop.Bind(server, Reference);
        return shop;
    }

    public async Task Bind(RunningServer server, string reference) =>
        (await server.Admin.PutJson($"{Path}/bank-card", new { bank = Bank.Id, reference })).Expect(
            204
        );

    /// <summary>A lock that stands at the terminal, as its policy makes it.</summary>
    public async Task<string> Locked(
        Cause cause = Cause.WrongPassword,
        params IEnumerable<WayOut> without
    )
    {
        var id = TestTerminal.NewId();
        var ways = LockTable.Of(cause).WaysOut.With(WayOut.BankApproval).With(WayOut.Passkey);
        Lock raised = new()
        {
            Id = id,
            Cause = cause,
            Subject = Subject.OfOperator("operator-1"),
            Scope = [Capability.SignIn],
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = DateTimeOffset.UnixEpoch,
            WaysOut = without.Aggregate(ways, (left, way) => left.Without(way)),
            Evidence = new Evidence("operator-1", 5),
        };
        await Terminal.Report(new LockBegun(raised, new DeviceTime("boot", 1000, null)));
        return id;
    }

    public Task<Answer> Ask(string action, params string[] locks) =>
        Owner.Post($"{Path}/bank-requests", new { action, locks });

    /// <summary>Asks for a release and gives what the bank was told.</summary>
    public async Task<JsonObject> Asked(string action, params string[] locks)
    {
        (await Ask(action, locks)).Expect(202);
        return Bank.LastRequest;
    }

    /// <summary>What the server says of a lock: <c>confirmed</c>, <c>releasing</c>, or gone.</summary>
    public async Task<string> StatusOf(string lockId)
    {
        var shown = (await Owner.Get(Path)).Expect(200).Json.GetProperty("locks");
        return shown
                .EnumerateArray()
                .Where(l => l.GetProperty("id").GetString() == lockId)
                .Select(l => l.GetProperty("status").GetString())
                .FirstOrDefault()
            ?? "gone";
    }

    public ValueTask DisposeAsync() => Bank.DisposeAsync();
}
