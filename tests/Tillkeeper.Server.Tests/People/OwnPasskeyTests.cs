using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Passkeys;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary>One's own passkeys: adding and removing them, and showing with one again who one is.</summary>
public sealed class OwnPasskeyTests
{
    [Fact]
    public async Task One_is_added_beside_the_phone_and_removed_again_and_every_session_stays()
    {
        await using var server = await RunningServer.StartAsync();
        using var here = await TestBrowser.SignedIn(server, "auditor");
        using var there = here.Elsewhere();
        await there.SignIn(here.RecoveryCodes[1]);
        using Authenticator device = new();
        Assert.Equal("/account", (await here.AddPasskey(device, "Office laptop")).Next);
        var (_, page) = await here.Open("/account");
        Assert.Contains("Office laptop", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await there.Open("/account")).Status);

        // The same device is not enrolled twice, and nobody else's is removed.
        (await here.AddPasskey(device)).Refuses(
            HttpStatusCode.UnprocessableEntity,
            "passkey_not_made"
        );
        using var other = await TestBrowser.SignedIn(server, "auditor");
        var id = page.Split("data-own-passkey=\"")[1].Split('"')[0];
        var (_, foreign) = await other.Open("/account");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await other.Send(foreign, $"/account/passkeys/{id}/remove")).Status
        );

        using var tablet = here.Elsewhere();
        Assert.Equal("/console", (await tablet.SignInWith(device)).Next);
        Assert.Equal("/account", (await here.Send(page, $"/account/passkeys/{id}/remove")).Next);
        (await tablet.SignInWith(device)).Refuses(
            HttpStatusCode.Unauthorized,
            "passkey_not_accepted"
        );
        using var still = await there.Client.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task The_last_one_stays_where_there_is_no_phone()
    {
        await using var server = await RunningServer.StartAsync();
        using Authenticator device = new();
        using Authenticator second = new();
        var (browser, _, _) = await server.InWith(device);
        using var disposed = browser;
        (await Remove()).Refuses(HttpStatusCode.Conflict, "last_second_factor");
        Assert.Equal("/account", (await browser.AddPasskey(second)).Next);
        Assert.Equal("/account", (await Remove()).Next);
        (await Remove()).Refuses(HttpStatusCode.Conflict, "last_second_factor");
        Assert.Equal("/console", (await browser.SignInWith(second)).Next);

        async Task<(HttpStatusCode Status, string Html, string? Next)> Remove()
        {
            var (_, page) = await browser.Open("/account");
            var id = page.Split("data-own-passkey=\"")[1].Split('"')[0];
            return await browser.Send(page, $"/account/passkeys/{id}/remove");
        }
    }

    [Fact]
    public async Task Adding_and_removing_need_a_fresh_proof_which_a_passkey_gives()
    {
        FakeTime time = new(DateTimeOffset.UtcNow);
        await using var server = await RunningServer.StartAsync(time);
        using Authenticator device = new();
        using Authenticator others = new();
        var (browser, _, _) = await server.InWith(device, "admin");
        using var disposed = browser;
        var (other, _, _) = await server.InWith(others, "admin");
        using var gone = other;
        time.Now += TimeSpan.FromMinutes(11);
        var (_, page) = await browser.Open("/account");
        var id = page.Split("data-own-passkey=\"")[1].Split('"')[0];
        foreach (
            var address in (string[])
                ["/account/passkeys", "/account/passkeys/options", $"/account/passkeys/{id}/remove"]
        )
        {
            (await browser.Send(page, address)).Refuses(
                HttpStatusCode.Forbidden,
                "reauthentication_required"
            );
        }

        const string at = "/sign-in/again?return=/account";
        (await browser.SignInWith(others, at, PasskeyForms.Again)).Refuses(
            HttpStatusCode.Unauthorized,
            "passkey_not_accepted"
        );
        device.Verifies = false;
        (await browser.SignInWith(device, at, PasskeyForms.Again)).Refuses(
            HttpStatusCode.Unauthorized,
            "passkey_not_accepted"
        );
        (await browser.Send(page, "/account/passkeys")).Refuses(
            HttpStatusCode.Forbidden,
            "reauthentication_required"
        );
        device.Verifies = true;
        Assert.Equal("/account", (await browser.SignInWith(device, at, PasskeyForms.Again)).Next);
        using Authenticator third = new();
        Assert.Equal("/account", (await browser.AddPasskey(third)).Next);
    }

    [Fact]
    public async Task A_weak_password_is_refused_before_a_device_makes_anything()
    {
        await using var server = await RunningServer.StartAsync();
        var made = await server.Admin.Post(
            "/api/v1/people",
            new
            {
                name = "Weak",
                login = "weak",
                role = "auditor",
            }
        );
        var link = made.Expect(201).Text("invitation");
        using TestBrowser browser = new(server);
        var (_, page) = await browser.Open(link);
        (await browser.Send(page, $"{link}/passkey-options", ("password", "aaaaaaaaaaaa"))).Refuses(
            HttpStatusCode.UnprocessableEntity,
            "password_too_common"
        );
        (await browser.Send(page, $"{link}/passkey", ("password", "aaaaaaaaaaaa"))).Refuses(
            HttpStatusCode.UnprocessableEntity,
            "password_too_common"
        );
        (await browser.Send(page, $"{link}/passkey", ("password", PasskeyForms.Password))).Refuses(
            HttpStatusCode.UnprocessableEntity,
            "passkey_not_made"
        );
        // The invitation is still good.
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(link)).Status);
    }

    [Fact]
    public async Task The_log_names_passkeys_by_id_and_holds_no_key_of_them()
    {
        await using var server = await RunningServer.StartAsync();
        using Authenticator device = new();
        var (browser, _, id) = await server.InWith(device);
        using var disposed = browser;
        var events = LogOf(server, id);
        Assert.Contains(
            events,
            e => e.StartsWith("account.passkey_added.v1", StringComparison.Ordinal)
        );
        Assert.Contains(
            events,
            e =>
                e.StartsWith("account.signed_in.v1", StringComparison.Ordinal)
                && e.Contains("\"passkey\"", StringComparison.Ordinal)
        );
        Assert.All(
            events,
            e => Assert.DoesNotContain("publicKey", e, StringComparison.OrdinalIgnoreCase)
        );
    }

    private static List<string> LogOf(RunningServer server, string account)
    {
        var stream = $"account/{account}";
        return server
            .Services.GetRequiredService<Database>()
            .Read(c =>
                c.Query<string>(
                        "SELECT type || ' ' || CAST(data AS TEXT) FROM events WHERE stream = @stream",
                        new { stream }
                    )
                    .AsList()
            );
    }
}
