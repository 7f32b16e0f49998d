using System.Net;
using Tillkeeper.Server.Tests.Passkeys;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary>Coming in with a passkey, and everything somebody could try instead.</summary>
public sealed class PasskeySignInTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string NotAccepted = "passkey_not_accepted";

    [Fact]
    public async Task Whoever_was_invited_with_a_passkey_comes_in_with_it_alone_and_no_name_is_typed()
    {
        using Authenticator device = new();
        var (browser, _, _) = await server.InvitedWith(device);
        using var disposed = browser;
        var (_, page) = await browser.Open("/sign-in?return=/console/people");
        var question = await browser.Ask(page, $"{PasskeyForms.Enter}-options");
        var options = question.GetProperty("options");
        Assert.Equal("required", options.GetProperty("userVerification").GetString());
        Assert.Empty(options.GetProperty("allowCredentials").EnumerateArray());
        var answer = PasskeyForms.Filled(question, device.Get(options));
        var came = await browser.Send(page, PasskeyForms.Enter, answer);
        Assert.Equal("/console/people", came.Next);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/console/people")).Status);
    }

    [Fact]
    public async Task What_is_not_quite_the_yes_of_their_device_lets_nobody_in()
    {
        using Authenticator device = new();
        using Authenticator stranger = new();
        var (browser, _, _) = await server.InWith(device);
        using var disposed = browser;
        stranger.Handle = device.Handle;
        async Task Refused(Action<Authenticator> bend, Authenticator? with = null)
        {
            var used = with ?? device;
            var (origin, domain, handle) = (used.Origin, used.Domain, used.Handle);
            bend(used);
            (await browser.SignInWith(used)).Refuses(HttpStatusCode.Unauthorized, NotAccepted);
            (used.Origin, used.Domain, used.Handle, used.Verifies) = (origin, domain, handle, true);
        }
        await Refused(d => d.Verifies = false);
        await Refused(d => d.Origin = "https://localhost.evil.example");
        await Refused(d => d.Origin = "http://localhost:8443");
        await Refused(_ => { }, stranger);
        Assert.Equal("/console", (await browser.SignInWith(device)).Next);
        await Refused(d => d.Domain = "evil.example");
        await Refused(d => d.Handle = null);
        await Refused(d => d.Handle = "YWNjb3VudC8wMDAwMDAwMDAw");
        // A signature that somebody else made with a passkey of their own, under this one's name.
        using Authenticator others = new();
        var (other, _, _) = await server.InWith(others);
        using var gone = other;
        others.Handle = device.Handle;
        (await other.SignInWith(others)).Refuses(HttpStatusCode.Unauthorized, NotAccepted);
    }

    [Fact]
    public async Task An_answer_counts_once_even_from_a_device_that_keeps_no_count()
    {
        using Authenticator device = new() { Counts = false };
        var (browser, _, _) = await server.InvitedWith(device);
        using var disposed = browser;
        var (_, page) = await browser.Open("/sign-in");
        var question = await browser.Ask(page, $"{PasskeyForms.Enter}-options");
        var answer = PasskeyForms.Filled(question, device.Get(question.GetProperty("options")));
        var both = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => browser.Send(page, PasskeyForms.Enter, answer))
        );
        Assert.Single(both, a => a.Next == "/console");
        Assert.All(
            both.Where(a => a.Next is null),
            a => Assert.True(a.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Locked)
        );
        // And once when it was wrong: the question is used up, whatever is made of it afterwards.
        question = await browser.Ask(page, $"{PasskeyForms.Enter}-options");
        device.Verifies = false;
        await browser.Send(
            page,
            PasskeyForms.Enter,
            PasskeyForms.Filled(question, device.Get(question.GetProperty("options")))
        );
        device.Verifies = true;
        var late = await browser.Send(
            page,
            PasskeyForms.Enter,
            PasskeyForms.Filled(question, device.Get(question.GetProperty("options")))
        );
        late.Refuses(HttpStatusCode.Unauthorized, NotAccepted);
    }

    [Fact]
    public async Task An_answer_is_good_only_in_the_browser_that_was_asked_and_for_what_it_was_asked()
    {
        using Authenticator device = new();
        var (victim, _, _) = await server.InWith(device);
        using var disposed = victim;
        // The thief asks, and has the person answer through a page of its own; the answer is taken to another browser, or the other way round.
        using var thief = victim.Elsewhere();
        var (_, thiefs) = await thief.Open("/sign-in");
        var asked = await thief.Ask(thiefs, $"{PasskeyForms.Enter}-options");
        var answer = PasskeyForms.Filled(asked, device.Get(asked.GetProperty("options")));
        var (_, page) = await victim.Open("/sign-in");
        (await victim.Send(page, PasskeyForms.Enter, answer)).Refuses(
            HttpStatusCode.Unauthorized,
            NotAccepted
        );
        // Asked for showing it again, sent for coming in.
        var (_, again) = await victim.Open("/sign-in/again");
        asked = await victim.Ask(again, $"{PasskeyForms.Again}-options");
        answer = PasskeyForms.Filled(asked, device.Get(asked.GetProperty("options")));
        (await victim.Send(page, PasskeyForms.Enter, answer)).Refuses(
            HttpStatusCode.Unauthorized,
            NotAccepted
        );
    }

    [Fact]
    public async Task A_count_that_went_back_is_a_copy_it_is_refused_and_somebody_looks_at_it()
    {
        using Authenticator device = new();
        var (browser, _, id) = await server.InWith(device);
        using var disposed = browser;
        device.Count = 0;
        (await browser.SignInWith(device)).Refuses(HttpStatusCode.Unauthorized, NotAccepted);
        Assert.Contains(id, await Copied(), StringComparison.Ordinal);

        // Whoever only invents a signature raises nothing.
        using Authenticator known = new();
        var (other, _, innocent) = await server.InWith(known);
        using var gone = other;
        known.Count = 0;
        known.Origin = "https://evil.example";
        (await other.SignInWith(known)).Refuses(HttpStatusCode.Unauthorized, NotAccepted);
        Assert.DoesNotContain(innocent, await Copied(), StringComparison.Ordinal);

        async Task<string> Copied() =>
            (await server.Admin.Get("/api/v1/alerts?kind=passkey_copied&limit=200")).Body;
    }

    [Fact]
    public async Task A_suspended_or_reset_account_opens_with_no_passkey()
    {
        using Authenticator device = new();
        using Authenticator second = new();
        var (browser, _, id) = await server.InWith(device);
        using var disposed = browser;
        var (other, _, reset) = await server.InWith(second);
        using var gone = other;
        var why = new { reason = "left" };
        (await server.Admin.Post($"/api/v1/people/{id}/suspend", why)).Expect(204);
        (await server.Admin.Post($"/api/v1/people/{reset}/reset", why)).Expect(200);
        (await browser.SignInWith(device)).Refuses(HttpStatusCode.Unauthorized, NotAccepted);
        (await other.SignInWith(second)).Refuses(HttpStatusCode.Unauthorized, NotAccepted);
    }

    [Fact]
    public async Task Tries_with_a_passkey_are_counted_apart_from_those_with_a_password()
    {
        using Authenticator device = new();
        var (browser, login, _) = await server.InWith(device);
        using var disposed = browser;
        using TestBrowser stranger = new(server);
        for (var i = 0; i < 6; i++)
        {
            await stranger.SignIn("000000", $"wrong password {i}", login);
        }
        // Whoever guesses passwords does not stand in the way of a passkey on a device that was never here.
        using TestBrowser tablet = new(server);
        Assert.Equal("/console", (await tablet.SignInWith(device)).Next);

        device.Verifies = false;
        for (var i = 0; i < 5; i++)
        {
            (await stranger.SignInWith(device)).Refuses(HttpStatusCode.Unauthorized, NotAccepted);
        }
        device.Verifies = true;
        (await stranger.SignInWith(device)).Refuses(HttpStatusCode.Locked, "sign_in_delayed");
        Assert.Equal("/console", (await browser.SignInWith(device)).Next);
    }

    [Theory]
    [InlineData(PasskeyForms.Enter)]
    [InlineData($"{PasskeyForms.Enter}-options")]
    public async Task Another_site_can_begin_nothing(string address)
    {
        using TestBrowser browser = new(server);
        using FormUrlEncodedContent empty = new([]);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await browser.Client.PostAsync(address, empty)).StatusCode
        );
        var (_, page) = await browser.Open("/sign-in");
        browser.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        (await browser.Send(page, address)).Refuses(HttpStatusCode.Forbidden, "form_expired");
    }
}
