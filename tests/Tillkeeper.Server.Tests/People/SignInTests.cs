using System.Net;
using Tillkeeper.Server.Console.SignIn;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary>Coming in with a browser, and everything somebody could try instead.</summary>
public sealed class SignInTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Whoever_was_invited_comes_in_with_password_and_phone()
    {
        using var browser = await TestBrowser.Invited(server, "auditor");
        Assert.Equal("/sign-in?return=%2Fconsole", await Sent(browser, "/console"));
        // The code that connected the phone was used; the next step's is accepted early.
        var code = browser.Code(server.Clock.GetUtcNow().AddSeconds(30));
        var (status, _, next) = await browser.SignIn(code, back: "/console/people");
        Assert.Equal((HttpStatusCode.SeeOther, "/console/people"), (status, next));
        Assert.Equal(HttpStatusCode.OK, (await browser.Open("/console/people")).Status);

        using var elsewhere = browser.Elsewhere();
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.SignIn(code)).Status);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var browser = await TestBrowser.Invited(server, "auditor");
        var (_, page) = await browser.Open("/sign-in");
        var first = await browser.Send(
            page,
            "/sign-in",
            ("login", browser.Login),
            ("password", browser.Password)
        );
        using FormUrlEncodedContent form = new([
            KeyValuePair.Create("code", browser.RecoveryCodes[0]),
            KeyValuePair.Create("ticket", Field(first.Html, "ticket")),
            KeyValuePair.Create(
                "__RequestVerificationToken",
                Field(first.Html, "__RequestVerificationToken")
            ),
        ]);
        using var answer = await browser.Client.PostAsync("/sign-in/code", form);
        var cookie = answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("__Host-tillkeeper=", StringComparison.Ordinal));
        Assert.All(
            ["secure", "httponly", "samesite=lax", "path=/"],
            part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_name_that_nobody_bears_gets_the_same_answer_as_a_wrong_password()
    {
        using var browser = await TestBrowser.Invited(server, "auditor");
        var wrong = await browser.SignIn("000000", "not the password");
        var unknown = await browser.SignIn(
            "000000",
            "not the password",
            $"nobody-{Letters.Random()}"
        );
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal((wrong.Status, Plain(wrong.Html)), (unknown.Status, Plain(unknown.Html)));

        // All but what was typed and what is new in each form.
        static string Plain(string html) =>
            System.Text.RegularExpressions.Regex.Replace(
                html,
                "value=\"[^\"]*\"",
                "",
                System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromSeconds(1)
            );
    }

    [Fact]
    public async Task Of_a_hundred_guesses_at_once_five_are_looked_at()
    {
        using var victim = await TestBrowser.Invited(server, "auditor");
        var guesses = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(async i =>
                {
                    using var stranger = victim.Elsewhere();
                    return (await stranger.SignIn("000000", $"wrong password {i}")).Status;
                })
        );
        Assert.Equal(5, guesses.Count(s => s is HttpStatusCode.Unauthorized));
        Assert.Equal(95, guesses.Count(s => s is HttpStatusCode.Locked));
    }

    [Fact]
    public async Task Strangers_who_guess_make_each_other_wait_and_never_the_person()
    {
        using var person = await TestBrowser.SignedIn(server, "auditor");
        using var stranger = person.Elsewhere();
        for (var i = 0; i < 6; i++)
        {
            await stranger.SignIn("000000", $"wrong password {i}");
        }
        // Even with the right password: who guesses may find it, and must not learn so.
        Assert.Equal(
            HttpStatusCode.Locked,
            (await stranger.SignIn(person.RecoveryCodes[1])).Status
        );
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await person.SignIn(person.RecoveryCodes[1])).Status
        );
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once_and_not_in_another_spelling()
    {
        using var browser = await TestBrowser.Invited(server, "auditor");
        var code = browser.RecoveryCodes[3];
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignIn(code)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignIn(code)).Status);
        var spelled = code.Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignIn(spelled)).Status);
    }

    [Fact]
    public async Task An_invitation_is_good_once_and_for_three_days()
    {
        var time = new FakeTime(DateTimeOffset.UtcNow);
        await using var other = await RunningServer.StartAsync(time);
        var made = await other.Admin.Post(
            "/api/v1/people",
            new
            {
                name = "Late",
                login = "late",
                role = "auditor",
            }
        );
        var link = made.Expect(201).Text("invitation");
        using TestBrowser browser = new(other);
        Assert.Equal(HttpStatusCode.OK, (await browser.Open(link)).Status);
        time.Now += TimeSpan.FromHours(73);
        Assert.Equal(HttpStatusCode.Gone, (await browser.Open(link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await browser.Open($"{link}0")).Status);
    }

    [Theory]
    [InlineData("short", "invalid")]
    [InlineData("aaaaaaaaaaaa", "password_too_common")]
    [InlineData("Password1234", "password_too_common")]
    public async Task A_weak_password_is_refused_and_the_form_keeps_the_phone(
        string password,
        string code
    )
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
        var link = made.Text("invitation");
        using TestBrowser browser = new(server);
        var (_, page) = await browser.Open(link);
        var answer = await browser.Send(page, link, ("password", password), ("code", "123456"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains($"data-code=\"{code}\"", answer.Html, StringComparison.Ordinal);
        Assert.Equal(Secret(page), Secret(answer.Html));

        static string Secret(string html) => html.Split("spelled\">")[1].Split('<')[0];
    }

    [Theory]
    [InlineData("/console/terminals?x=1", "/console/terminals?x=1")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/sign-out", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void After_signing_in_one_stays_here(string? asked, string goes) =>
        Assert.Equal(goes, SignInEndpoints.Local(asked));

    [Fact]
    public async Task A_login_is_taken_in_every_spelling()
    {
        var login = $"Taken-{Letters.Random()}@example.com";
        static object Body(string l) =>
            new
            {
                name = "Somebody",
                login = l,
                role = "auditor",
            };
        (await server.Admin.Post("/api/v1/people", Body(login))).Expect(201);
        var again = await server.Admin.Post(
            "/api/v1/people",
            Body($" {login.ToUpperInvariant()} ")
        );
        again.Refuses(409, "login_taken");
    }

    [Fact]
    public async Task A_form_of_before_a_restart_is_still_good_after_it()
    {
        await using var own = await RunningServer.StartAsync();
        using TestBrowser browser = new(own);
        var (_, page) = await browser.Open("/sign-in");
        var token = Field(page, "__RequestVerificationToken");
        var cookie = browser.Cookies;
        await own.RestartAsync();
        using TestBrowser after = new(own);
        using HttpRequestMessage request = new(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([
                KeyValuePair.Create("__RequestVerificationToken", token),
                KeyValuePair.Create("login", "nobody"),
                KeyValuePair.Create("password", "nothing at all"),
            ]),
        };
        request.Headers.Add("Cookie", cookie);
        using var answer = await after.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<string> Sent(TestBrowser browser, string path)
    {
        using var answer = await browser.Client.GetAsync(path);
        return answer.Headers.Location!.ToString();
    }

    private static string Field(string html, string name) =>
        html.Split($"name=\"{name}\" value=\"")[1].Split('"')[0];
}
