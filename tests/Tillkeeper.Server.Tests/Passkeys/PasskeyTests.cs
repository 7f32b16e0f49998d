using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Banks;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;

namespace Tillkeeper.Server.Tests.Passkeys;

/// <summary>G1: an owner ends a lock with a passkey, and nobody else does.</summary>
public sealed class PasskeyTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static string At(OwnedShop shop, string lockId) => $"{shop.Path}/locks/{lockId}";

    internal static async Task<string> Enrol(TestPerson owner, Authenticator device)
    {
        var begun = (await owner.Post("/api/v1/passkeys/options", new { })).Expect(200);
        var made = await owner.Post(
            "/api/v1/passkeys",
            new
            {
                name = "Phone",
                state = begun.Text("state"),
                credential = device.Create(begun.Json.GetProperty("options")),
            }
        );
        return made.Expect(201).Text("id");
    }

    private async Task<string> EnrolConfirmed(TestPerson owner, Authenticator device)
    {
        var id = await Enrol(owner, device);
        var helpdesk = await server.Person("helpdesk");
        var confirmed = await helpdesk.Post(
            $"/api/v1/passkeys/{id}/confirm",
            new { reason = "called the number on file" }
        );
        confirmed.Expect(204);
        return id;
    }

    private static async Task<Answer> Begin(OwnedShop shop, string lockId) =>
        (await shop.Owner.Post($"{At(shop, lockId)}/passkey-options", new { })).Expect(200);

    private static object Body(Answer begun, Authenticator device) =>
        new
        {
            state = begun.Text("state"),
            credential = device.Get(begun.Json.GetProperty("options")),
        };

    [Fact]
    public async Task A_confirmed_passkey_with_user_verification_releases_a_pause_once()
    {
        await using var shop = await OwnedShop.Open(server);
        using Authenticator device = new();
        await EnrolConfirmed(shop.Owner, device);
        var paused = await shop.Locked();
        var begun = await Begin(shop, paused);
        Assert.Equal(
            "required",
            begun.Json.GetProperty("options").GetProperty("userVerification").GetString()
        );
        var body = Body(begun, device);
        var both = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => shop.Owner.Post($"{At(shop, paused)}/passkey-release", body))
        );
        Assert.Single(both, a => a.Status == 202);
        Assert.Equal("releasing", await shop.StatusOf(paused));
        Assert.Single(await shop.Terminal.Orders(), kind => kind == "release");
        await shop.Terminal.End(paused, WayOut.Passkey);
        Assert.Equal("gone", await shop.StatusOf(paused));

        var next = await shop.Locked();
        (await shop.Owner.Post($"{At(shop, next)}/passkey-release", body)).Refuses(
            409,
            "not_confirmed"
        );
    }

    [Fact]
    public async Task What_is_not_quite_the_owners_yes_releases_nothing()
    {
        await using var shop = await OwnedShop.Open(server);
        using Authenticator device = new();
        using Authenticator stranger = new();
        await EnrolConfirmed(shop.Owner, device);
        var (paused, other) = (await shop.Locked(), await shop.Locked());
        async Task Refused(Action<Authenticator> bend, Authenticator? with = null)
        {
            var used = with ?? device;
            var (origin, domain, count) = (used.Origin, used.Domain, used.Count);
            bend(used);
            var body = Body(await Begin(shop, paused), used);
            (await shop.Owner.Post($"{At(shop, paused)}/passkey-release", body)).Refuses(
                409,
                "not_confirmed"
            );
            (used.Origin, used.Domain, used.Count, used.Verifies) = (origin, domain, count, true);
        }
        await Refused(d => d.Verifies = false);
        await Refused(d => d.Origin = "https://localhost.evil.example");
        await Refused(d => d.Origin = "http://localhost:8443");
        await Refused(d => d.Domain = "evil.example");
        await Refused(_ => { }, stranger);
        // Confirmed for one lock, sent for another.
        var elsewhere = Body(await Begin(shop, other), device);
        (await shop.Owner.Post($"{At(shop, paused)}/passkey-release", elsewhere)).Refuses(
            409,
            "not_confirmed"
        );
        // A colleague with the owner's screen and an own key.
        var colleague = await server.Person("merchant", shop.Merchant);
        var lent = Body(await Begin(shop, paused), device);
        (await colleague.Post($"{At(shop, paused)}/passkey-release", lent)).Refuses(
            409,
            "not_confirmed"
        );
        Assert.Equal("confirmed", await shop.StatusOf(paused));

        var honest = Body(await Begin(shop, paused), device);
        (await shop.Owner.Post($"{At(shop, paused)}/passkey-release", honest)).Expect(202);
        // Its counter went backwards: a copy.
        device.Count = 0;
        var copied = Body(await Begin(shop, other), device);
        (await shop.Owner.Post($"{At(shop, other)}/passkey-release", copied)).Refuses(
            409,
            "not_confirmed"
        );
    }

    [Fact]
    public async Task A_passkey_ends_nothing_until_somebody_has_called_back_nor_after_it_was_removed()
    {
        await using var shop = await OwnedShop.Open(server);
        using Authenticator device = new();
        var paused = await shop.Locked();
        var id = await Enrol(shop.Owner, device);
        (await shop.Owner.Post($"{At(shop, paused)}/passkey-options", new { })).Refuses(
            409,
            "no_passkey"
        );
        (
            await shop.Owner.Post($"/api/v1/passkeys/{id}/confirm", new { reason = "it is me" })
        ).Refuses(403, "forbidden");
        var helpdesk = await server.Person("helpdesk");
        (
            await helpdesk.Post($"/api/v1/passkeys/{id}/confirm", new { reason = "called back" })
        ).Expect(204);
        var body = Body(await Begin(shop, paused), device);
        (await helpdesk.Delete($"/api/v1/passkeys/{id}")).Expect(204);
        (await shop.Owner.Post($"{At(shop, paused)}/passkey-release", body)).Refuses(
            409,
            "not_confirmed"
        );
        Assert.Equal("confirmed", await shop.StatusOf(paused));
    }

    [Fact]
    public async Task Nobody_confirms_their_own_and_no_call_to_a_number_that_changed_lately_confirms_any()
    {
        await using var shop = await OwnedShop.Open(server);
        using Authenticator device = new();
        var at = $"/api/v1/passkeys/{await Enrol(shop.Owner, device)}/confirm";
        var reason = new { reason = "called back" };
        var further = await server.Admin.Post(
            "/api/v1/keys",
            new
            {
                name = "The owner at the helpdesk",
                role = "helpdesk",
                person = shop.Owner.Id,
            }
        );
        TestPerson again = new(
            shop.Owner.Id,
            server.Client(server.People, further.Expect(201).Text("key"))
        );
        (await again.Post(at, reason)).Refuses(403, "own_passkey");
        var file = new
        {
            contact = new { name = "Zhao", phone = "13900000001" },
            reason = "new phone",
        };
        (await server.Admin.PutJson($"/api/v1/merchants/{shop.Merchant}/file", file)).Expect(204);
        var helpdesk = await server.Person("helpdesk");
        (await helpdesk.Post(at, reason)).Refuses(409, "contact_changed");

        await server.Admin.Set($"merchant:{shop.Merchant}", "identity: {recentContactDays: 0}");
        (await helpdesk.Post(at, reason)).Expect(204);
    }

    [Fact]
    public async Task Only_what_the_policy_gives_to_owners()
    {
        await using var shop = await OwnedShop.Open(server);
        using Authenticator device = new();
        await EnrolConfirmed(shop.Owner, device);
        foreach (var cause in new[] { Cause.Remote, Cause.CustomerPin, Cause.LocationAnomaly })
        {
            var locked = await shop.Locked(cause);
            (await shop.Owner.Post($"{At(shop, locked)}/passkey-options", new { })).Refuses(
                409,
                "way_out_not_available"
            );
        }
        var paused = await shop.Locked();
        var body = Body(await Begin(shop, paused), device);
        await server.Admin.Set($"merchant:{shop.Merchant}", "ownRelease: {passkey: []}");
        (await shop.Owner.Post($"{At(shop, paused)}/passkey-release", body)).Refuses(
            409,
            "way_out_not_available"
        );
    }

    [Fact]
    public async Task An_enrolment_is_for_who_began_it_and_a_passkey_for_one_person()
    {
        var merchant = await Shop.NewMerchant(server, null);
        var (owner, other) = (
            await server.Person("merchant", merchant),
            await server.Person("merchant", merchant)
        );
        using Authenticator device = new();
        var begun = (await owner.Post("/api/v1/passkeys/options", new { })).Expect(200);
        var body = new
        {
            name = "Phone",
            state = begun.Text("state"),
            credential = device.Create(begun.Json.GetProperty("options")),
        };
        (await other.Post("/api/v1/passkeys", body)).Refuses(404, "not_found");
        (await owner.Post("/api/v1/passkeys", body)).Expect(201);
        (await owner.Post("/api/v1/passkeys", body)).Refuses(422, "invalid", "credential");
        device.Verifies = false;
        using Authenticator lazy = new() { Verifies = false };
        var again = (await owner.Post("/api/v1/passkeys/options", new { })).Expect(200);
        var unverified = new
        {
            name = "Phone",
            state = again.Text("state"),
            credential = lazy.Create(again.Json.GetProperty("options")),
        };
        (await owner.Post("/api/v1/passkeys", unverified)).Refuses(422, "invalid", "credential");
        var nonsense = new
        {
            name = "Phone",
            state = again.Text("state"),
            credential = JsonSerializer.SerializeToElement("nonsense"),
        };
        (await owner.Post("/api/v1/passkeys", nonsense)).Refuses(422, "invalid", "credential");
    }

    [Fact]
    public async Task Passkeys_are_what_the_log_says()
    {
        await using var own = await RunningServer.StartAsync();
        PasskeyTests there = new(own);
        await using var shop = await OwnedShop.Open(own);
        using Authenticator device = new();
        await there.EnrolConfirmed(shop.Owner, device);
        var paused = await shop.Locked();
        var body = Body(await Begin(shop, paused), device);
        (await shop.Owner.Post($"{At(shop, paused)}/passkey-release", body)).Expect(202);
        RebuildTests.Compare(own, "passkeys");
    }
}
