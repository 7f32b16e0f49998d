using System.Net;
using System.Net.Http.Json;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary>Being in with a browser: how long, what for, and how it ends.</summary>
public sealed class SessionTests
{
    private static async Task<(RunningServer Server, FakeTime Time)> Start()
    {
        FakeTime time = new(DateTimeOffset.UtcNow);
        return (await RunningServer.StartAsync(time), time);
    }

    [Fact]
    public async Task Fifteen_minutes_without_a_touch_end_it_and_a_page_that_follows_by_itself_is_no_touch()
    {
        var (server, time) = await Start();
        await using var stopped = server;
        using var browser = await TestBrowser.SignedIn(server, "auditor");
        time.Now += TimeSpan.FromMinutes(14);
        Assert.Equal(HttpStatusCode.OK, await Get(browser, "/console"));
        time.Now += TimeSpan.FromMinutes(14);
        Assert.Equal(HttpStatusCode.OK, await Get(browser, "/console", byItself: true));
        time.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(HttpStatusCode.SeeOther, await Get(browser, "/console"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(browser, "/api/v1/terminals"));
        Assert.Contains("15", (await browser.Open("/console")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twelve_hours_end_it_however_busy_one_is()
    {
        var (server, time) = await Start();
        await using var stopped = server;
        using var browser = await TestBrowser.SignedIn(server, "auditor");
        for (var i = 0; i < 51; i++)
        {
            time.Now += TimeSpan.FromMinutes(14);
            Assert.Equal(HttpStatusCode.OK, await Get(browser, "/console"));
        }
        time.Now += TimeSpan.FromMinutes(14);
        Assert.Equal(HttpStatusCode.SeeOther, await Get(browser, "/console"));
    }

    [Fact]
    public async Task Signing_out_ends_it_for_whoever_has_copied_the_cookie_too()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = await TestBrowser.SignedIn(server, "auditor");
        using var thief = server.Client(server.People, redirect: false);
        thief.DefaultRequestHeaders.Add("Cookie", browser.Cookies);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/console")).StatusCode);
        var (_, page) = await browser.Open("/console");
        Assert.Equal("/sign-in", (await browser.Send(page, "/sign-out")).Next);
        Assert.Equal(HttpStatusCode.SeeOther, (await thief.GetAsync("/console")).StatusCode);
    }

    [Fact]
    public async Task Another_of_ones_own_sessions_can_be_seen_and_ended_and_nobody_elses()
    {
        await using var server = await RunningServer.StartAsync();
        using var here = await TestBrowser.SignedIn(server, "auditor");
        using var there = here.Elsewhere();
        await there.SignIn(here.RecoveryCodes[1]);
        using var other = await TestBrowser.SignedIn(server, "auditor");
        var listed = await here.Client.GetFromJsonAsync<System.Text.Json.JsonElement>(
            "/api/v1/sessions"
        );
        var items = listed.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(2, items.Length);
        var id = items
            .Single(s => !s.GetProperty("current").GetBoolean())
            .GetProperty("id")
            .GetString();

        var (_, foreign) = await other.Open("/account");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await other.Send(foreign, $"/account/sessions/{id}/end")).Status
        );
        Assert.Equal(HttpStatusCode.OK, await Get(there, "/console"));
        var (_, page) = await here.Open("/account");
        Assert.Equal("/account", (await here.Send(page, $"/account/sessions/{id}/end")).Next);
        Assert.Equal(HttpStatusCode.SeeOther, await Get(there, "/console"));
    }

    [Fact]
    public async Task Suspending_somebody_ends_it_at_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = await TestBrowser.SignedIn(server, "auditor");
        var people = (await server.Admin.Get("/api/v1/people")).Json.GetProperty("items");
        var id = people[0].GetProperty("id").GetString();
        (await server.Admin.Post($"/api/v1/people/{id}/suspend", new { reason = "left" })).Expect(
            204
        );
        Assert.Equal(HttpStatusCode.SeeOther, await Get(browser, "/console"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await browser.SignIn(browser.RecoveryCodes[1])).Status
        );
    }

    [Fact]
    public async Task A_session_id_that_somebody_planted_before_is_worth_nothing_after_signing_in()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = await TestBrowser.SignedIn(server, "auditor");
        var planted = browser.Cookies;
        await browser.SignIn(browser.RecoveryCodes[1]);
        using var thief = server.Client(server.People, redirect: false);
        thief.DefaultRequestHeaders.Add("Cookie", planted);
        Assert.Equal(HttpStatusCode.SeeOther, (await thief.GetAsync("/console")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Get(browser, "/console"));
    }

    [Fact]
    public async Task What_changes_something_needs_the_token_of_our_own_page_wherever_it_goes()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = await TestBrowser.SignedIn(server, "admin");
        object key = new { name = "Smuggled", role = "admin" };
        using var forged = await browser.Client.PostAsJsonAsync("/api/v1/keys", key);
        (await Answer.Of(forged)).Refuses(403, "form_expired");
        using FormUrlEncodedContent empty = new([]);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await browser.Client.PostAsync("/sign-out", empty)).StatusCode
        );

        var (_, page) = await browser.Open("/account");
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using HttpRequestMessage own = new(HttpMethod.Post, "/api/v1/keys")
        {
            Content = JsonContent.Create(key),
        };
        own.Headers.Add("X-Form-Token", token);
        Assert.Equal(201, (await browser.Client.Ask(own)).Status);
        using HttpRequestMessage cross = new(HttpMethod.Post, "/api/v1/keys")
        {
            Content = JsonContent.Create(key),
        };
        cross.Headers.Add("X-Form-Token", token);
        cross.Headers.Add("Sec-Fetch-Site", "cross-site");
        (await browser.Client.Ask(cross)).Refuses(403, "form_expired");
        // An older browser says less.
        foreach (
            var (origin, status) in (KeyValuePair<string, int>[])
                [
                    new("https://evil.example", 403),
                    new("https://127.0.0.1", 403),
                    new("null", 403),
                    new(server.People.GetLeftPart(UriPartial.Authority), 201),
                ]
        )
        {
            using HttpRequestMessage older = new(HttpMethod.Post, "/api/v1/keys")
            {
                Content = JsonContent.Create(key),
            };
            older.Headers.Add("X-Form-Token", token);
            older.Headers.Add("Origin", origin);
            Assert.Equal(status, (await browser.Client.Ask(older)).Status);
        }
    }

    [Fact]
    public async Task What_releases_something_needs_a_fresh_proof_and_looking_does_not()
    {
        var (server, time) = await Start();
        await using var stopped = server;
        using var browser = await TestBrowser.SignedIn(server, "admin");
        time.Now += TimeSpan.FromMinutes(11);
        var (status, page) = await browser.Open("/console/people");
        Assert.Equal(HttpStatusCode.OK, status);
        (string, string)[] somebody = [("name", "New"), ("login", "new"), ("role", "auditor")];
        var stale = await browser.Send(page, "/console/people", somebody);
        Assert.Equal(HttpStatusCode.Forbidden, stale.Status);
        Assert.Contains(
            "data-code=\"reauthentication_required\"",
            stale.Html,
            StringComparison.Ordinal
        );

        var (_, again) = await browser.Open("/sign-in/again?return=/console/people");
        var wrong = await browser.Send(
            again,
            "/sign-in/again",
            ("password", "not the password"),
            ("code", "1")
        );
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        var shown = await browser.Send(
            again,
            "/sign-in/again",
            ("password", browser.Password),
            ("code", browser.Code(time.Now))
        );
        Assert.Equal("/console/people", shown.Next);
        (_, page) = await browser.Open("/console/people");
        Assert.Equal(
            HttpStatusCode.OK,
            (await browser.Send(page, "/console/people", somebody)).Status
        );
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session_and_is_none_of_the_last()
    {
        await using var server = await RunningServer.StartAsync();
        using var here = await TestBrowser.SignedIn(server, "auditor");
        using var there = here.Elsewhere();
        await there.SignIn(here.RecoveryCodes[1]);
        var (_, page) = await here.Open("/account");
        var same = await here.Send(page, "/account/password", ("password", here.Password));
        Assert.Contains("data-code=\"password_used_before\"", same.Html, StringComparison.Ordinal);
        var changed = await here.Send(
            page,
            "/account/password",
            ("password", "another long sentence")
        );
        Assert.Equal("/account?changed", changed.Next);
        Assert.Equal(HttpStatusCode.OK, await Get(here, "/console"));
        Assert.Equal(HttpStatusCode.SeeOther, await Get(there, "/console"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await there.SignIn(here.RecoveryCodes[2])).Status
        );
    }

    [Fact]
    public async Task An_account_that_nobody_used_for_ninety_days_is_closed_until_it_is_reset()
    {
        var (server, time) = await Start();
        await using var stopped = server;
        using var browser = await TestBrowser.SignedIn(server, "auditor");
        time.Now += TimeSpan.FromDays(91);
        var closed = await browser.SignIn(browser.RecoveryCodes[1]);
        Assert.Contains("data-code=\"account_unused\"", closed.Html, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> Get(
        TestBrowser browser,
        string path,
        bool byItself = false
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (byItself)
        {
            request.Headers.Add("X-Live", "1");
        }
        using var answer = await browser.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
