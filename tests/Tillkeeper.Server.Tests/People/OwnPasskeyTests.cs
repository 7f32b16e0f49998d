using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Notifications;
using Tillkeeper.Server.Tests.Passkeys;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary>One's own passkeys: adding and removing them, and showing with one again who one is.</summary>
public sealed class OwnPasskeyTests(TimedServer timed) : IClassFixture<TimedServer>
{
    private readonly RunningServer server = timed.Server;

    [Fact]
    public async Task One_is_added_beside_the_phone_and_removed_again_and_every_session_stays()
    {
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
        using Authenticator device = new();
        using Authenticator second = new();
        var (browser, _, _) = await server.InWith(device);
        using var disposed = browser;
        (await Remove()).Refuses(HttpStatusCode.Conflict, "last_second_factor");
        timed.Time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("/account", (await browser.AddPasskey(second)).Next);
        Assert.Equal("/account", (await Remove()).Next);
        (await Remove()).Refuses(HttpStatusCode.Conflict, "last_second_factor");
        Assert.Equal("/console", (await browser.SignInWith(second)).Next);

        async Task<(HttpStatusCode Status, string Html, string? Next)> Remove()
        {
            // The oldest stands first.
            var (_, page) = await browser.Open("/account");
            var id = page.Split("data-own-passkey=\"")[1].Split('"')[0];
            return await browser.Send(page, $"/account/passkeys/{id}/remove");
        }
    }

    [Fact]
    public async Task Adding_and_removing_need_a_fresh_proof_which_a_passkey_gives()
    {
        using Authenticator device = new();
        using Authenticator others = new();
        var (browser, _, _) = await server.InWith(device, "admin");
        using var disposed = browser;
        var (other, _, _) = await server.InWith(others, "admin");
        using var gone = other;
        timed.Time.Now += TimeSpan.FromMinutes(11);
        var (_, page) = await browser.Open("/account");
        var id = page.Split("data-own-passkey=\"")[1].Split('"')[0];
        foreach (
            var address in (string[])
                [
                    "/account/passkeys",
                    "/account/passkeys/options",
                    $"/account/passkeys/{id}/remove",
                    "/account/password",
                    "/account/recovery-codes",
                ]
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
    public async Task A_question_is_good_for_five_minutes()
    {
        using Authenticator device = new();
        var (browser, _, _) = await server.InvitedWith(device);
        using var disposed = browser;
        var (_, page) = await browser.Open("/sign-in");
        var question = await browser.Ask(page, $"{PasskeyForms.Enter}-options");
        timed.Time.Now += TimeSpan.FromMinutes(5);
        var answer = PasskeyForms.Filled(question, device.Get(question.GetProperty("options")));
        (await browser.Send(page, PasskeyForms.Enter, answer)).Refuses(
            HttpStatusCode.Unauthorized,
            "passkey_not_accepted"
        );
    }

    [Fact]
    public async Task They_are_told_by_e_mail_of_a_new_device_and_of_every_passkey()
    {
        await using MailServer mail = new();
        (
            await server.Admin.PutJson(
                "/api/v1/notifications/channels/people",
                new
                {
                    type = "smtp",
                    audiences = new[] { "person" },
                    host = "127.0.0.1",
                    port = mail.Port,
                    security = "none",
                    from = "till@example.com",
                }
            )
        ).Expect(204);
        using Authenticator device = new();
        using Authenticator second = new();
        var (browser, login, _) = await server.InWith(device);
        using var disposed = browser;
        var letter = Assert.Single(await mail.WaitFor(1));
        Assert.Equal((login, "A sign-in from a new device"), (letter.To, letter.Message.Subject));

        // The device is known now: no second letter.
        Assert.Equal("/console", (await browser.SignInWith(device)).Next);
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        await browser.AddPasskey(second, "Tablet");
        var letters = await mail.WaitFor(2);
        Assert.Equal("您的账号新增了通行密钥", letters[1].Message.Subject);
        Assert.Contains("Tablet", letters[1].Text, StringComparison.Ordinal);
        var (_, page) = await browser.Open("/account");
        var id = page.Split("data-own-passkey=\"")[1].Split('"')[0];
        await browser.Send(page, $"/account/passkeys/{id}/remove");
        Assert.Equal("您的账号移除了通行密钥", (await mail.WaitFor(3))[2].Message.Subject);
        (await server.Admin.Delete("/api/v1/notifications/channels/people")).Expect(204);
    }

    [Fact]
    public async Task A_weak_password_is_refused_before_a_device_makes_anything()
    {
        var made = await server.Admin.Post(
            "/api/v1/people",
            new
            {
                name = "Weak",
                login = $"weak-{Letters.Random()}",
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
