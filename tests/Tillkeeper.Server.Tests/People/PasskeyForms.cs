using System.Net;
using System.Text.Json;
using Tillkeeper.Server.Tests.Passkeys;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary>What the script of the pages does with a device: asks what to sign, and sends the form with the answer.</summary>
internal static class PasskeyForms
{
    public const string SignInPage = "/sign-in";
    public const string Enter = "/sign-in/passkey";
    public const string Again = "/sign-in/again/passkey";
    public const string Password = "correct horse battery staple";

    public static async Task<JsonElement> Ask(
        this TestBrowser browser,
        string page,
        string address,
        params (string Name, string Value)[] fields
    )
    {
        var asked = await browser.Send(page, address, fields);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        return JsonSerializer.Deserialize<JsonElement>(asked.Html);
    }

    /// <summary>The two fields that the device's answer fills.</summary>
    public static (string Name, string Value)[] Filled(JsonElement question, object credential) =>
        [
            ("state", question.GetProperty("state").GetString()!),
            ("credential", JsonSerializer.Serialize(credential)),
        ];

    /// <summary>Signs in with what the device answers.</summary>
    public static async Task<(HttpStatusCode Status, string Html, string? Next)> SignInWith(
        this TestBrowser browser,
        Authenticator device,
        string at = SignInPage,
        string to = Enter
    )
    {
        var (_, page) = await browser.Open(at);
        var question = await browser.Ask(page, $"{to}-options");
        return await browser.Send(
            page,
            to,
            Filled(question, device.Get(question.GetProperty("options")))
        );
    }

    /// <summary>Adds one on the page of one's own account.</summary>
    public static async Task<(HttpStatusCode Status, string Html, string? Next)> AddPasskey(
        this TestBrowser browser,
        Authenticator device,
        string name = ""
    )
    {
        var (_, page) = await browser.Open("/account");
        var question = await browser.Ask(page, "/account/passkeys/options");
        return await browser.Send(
            page,
            "/account/passkeys",
            [("name", name), .. Filled(question, device.Create(question.GetProperty("options")))]
        );
    }

    /// <summary>Invited, with a passkey in the place of a phone; not signed in yet.</summary>
    public static async Task<(TestBrowser Browser, string Login, string Id)> InvitedWith(
        this RunningServer server,
        Authenticator device,
        string role = "auditor"
    )
    {
        var login = $"passkey-{Letters.Random()}@example.com";
        var made = await server.Admin.Post(
            "/api/v1/people",
            new
            {
                name = "With a passkey",
                login,
                role,
            }
        );
        var link = made.Expect(201).Text("invitation");
        TestBrowser browser = new(server);
        var (_, page) = await browser.Open(link);
        var question = await browser.Ask(page, $"{link}/passkey-options", ("password", Password));
        var done = await browser.Send(
            page,
            $"{link}/passkey",
            [
                ("password", Password),
                .. Filled(question, device.Create(question.GetProperty("options"))),
            ]
        );
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal(10, done.Html.Split("<li class=\"code\">").Length - 1);
        return (browser, login, made.Text("id"));
    }

    /// <summary>The same, and in.</summary>
    public static async Task<(TestBrowser Browser, string Login, string Id)> InWith(
        this RunningServer server,
        Authenticator device,
        string role = "auditor"
    )
    {
        var known = await server.InvitedWith(device, role);
        Assert.Equal("/console", (await known.Browser.SignInWith(device)).Next);
        return known;
    }

    public static void Refuses(
        this (HttpStatusCode Status, string Html, string? Next) answer,
        HttpStatusCode status,
        string code
    )
    {
        Assert.Equal(status, answer.Status);
        Assert.Contains($"data-code=\"{code}\"", answer.Html, StringComparison.Ordinal);
    }
}
