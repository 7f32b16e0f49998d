using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class CaseObserverTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_password_case_ends_with_the_first_sign_in_after_the_reset()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case();
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);

        await shop.Terminal.Report(
            new OrderApplied(1, "passcode_reset", lockId),
            new LockEnded(lockId, WayOut.PasswordReset, new DeviceTime("boot", 2000, null))
        );
        Assert.Equal(("approved", "released", "operator"), await Seen(shop, id));
        await shop.Terminal.Report(
            new PasscodeSet("operator-1", PasscodeOrigin.Reset, new string('0', 64), lockId)
        );
        Assert.Equal(("approved", "released", "operator"), await Seen(shop, id));
        await shop.Terminal.Report(
            new OperatorSignedIn("operator-1", OperatorRole.Cashier, lockId)
        );

        Assert.Equal(("closed", "released", "nobody"), await Seen(shop, id));
        var seen = (await shop.Merchant.Get(Shop.PathOf(id))).Expect(200);
        Assert.Equal("signed_in", seen.Text("result"));
        Assert.Equal(
            [
                "opened the case, asking for a new passcode",
                "approved without business licence, identity card: Papers match.",
                "ended the lock",
                "took the new passcode",
                "settled: signed in with the new passcode",
            ],
            seen.Json.GetProperty("timeline")
                .EnumerateArray()
                .Select(e => e.GetProperty("what").GetString())
        );
    }

    [Fact]
    public async Task Any_other_case_ends_with_its_own_lock_and_no_other()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case(Cause.OfflineTooLong, "reconnect");
        var (other, _) = await shop.Case(Cause.OfflineTooLong, "reconnect");

        await shop.Terminal.End(lockId, WayOut.Reconnect);

        Assert.Equal(("closed", "released", "nobody"), await Seen(shop, id));
        Assert.Equal("open", (await Seen(shop, other)).State);
    }

    [Fact]
    public async Task A_tampered_terminal_that_says_it_is_free_settles_nothing()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.LockAndEnd(Cause.Tamper, WayOut.Repair);
        var opened = await shop.Merchant.Post("/api/v1/cases", shop.Request(lockId, "repair"));
        var id = opened.Expect(201).Text("id");

        Assert.Equal(("open", "confirmed"), await StateOf(shop, id));
    }

    private static async Task<(string State, string LockStatus)> StateOf(Shop shop, string id)
    {
        var seen = (await shop.Risk.Get(Shop.PathOf(id))).Expect(200);
        return (seen.Text("state"), seen.Text("lockStatus"));
    }

    private static async Task<(string State, string LockStatus, string Next)> Seen(
        Shop shop,
        string id
    )
    {
        var seen = (await shop.Risk.Get(Shop.PathOf(id))).Expect(200);
        return (
            seen.Text("state"),
            seen.Text("lockStatus"),
            seen.Json.GetProperty("next").GetProperty("who").GetString()!
        );
    }
}
