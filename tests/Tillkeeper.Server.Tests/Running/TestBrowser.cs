using System.Net;
using System.Text.RegularExpressions;
using Tillkeeper.Server.People.SignIn;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>Somebody's browser without its window: it keeps cookies, and sends forms with what their page put into them.</summary>
internal sealed partial class TestBrowser : IDisposable
{
    private readonly RunningServer server;
    private readonly CookieContainer cookies = new();

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private byte[] phone = [];

    public TestBrowser(RunningServer server)
    {
        this.server = server;
        Client = server.Client(server.People, redirect: false, cookies: cookies);
    }

    public HttpClient Client { get; }

    /// <summary>What a thief of its cookies would send.</summary>
    public string Cookies => cookies.GetCookieHeader(server.People);

    public string Login { get; private set; } = "";

    /// <summary>The id of the account.</summary>
    public string Account { get; private init; } = "";
    public string Password { get; private set; } = "";

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>The page at this address, after where it sends one.</summary>
    public async Task<(HttpStatusCode Status, string Html)> Open(string path)
    {
        using var answer = await Client.GetAsync(path);
        return answer.Headers.Location is { } next && answer.StatusCode is HttpStatusCode.SeeOther
            ? await Open(next.ToString())
            : (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the form of a page: its hidden fields, and these.</summary>
    public async Task<(HttpStatusCode Status, string Html, string? Next)> Send(
        string page,
        string action,
        params (string Name, string Value)[] fields
    )
    {
        var hidden = Hidden()
            .Matches(page)
            .Select(m =>
                KeyValuePair.Create(
                    m.Groups["name"].Value,
                    WebUtility.HtmlDecode(m.Groups["value"].Value)
                )
            )
            .DistinctBy(f => f.Key);
        using FormUrlEncodedContent form = new(
            hidden
                .Where(h => fields.All(f => f.Name != h.Key))
                .Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))
        );
        using var answer = await Client.PostAsync(action, form);
        return (
            answer.StatusCode,
            await answer.Content.ReadAsStringAsync(),
            answer.Headers.Location?.ToString()
        );
    }

    /// <summary>Invited by the admin, with everything set; not signed in yet.</summary>
    public static async Task<TestBrowser> Invited(
        RunningServer server,
        string role,
        string? org = null
    )
    {
        var login = $"{role}-{Letters.Random()}@example.com";
        var made = await server.Admin.Post(
            "/api/v1/people",
            new
            {
                name = $"Browser {role}",
                login,
                role,
                org,
            }
        );
        TestBrowser browser = new(server)
        {
            Login = login,
            Password = "correct horse battery staple",
            Account = made.Expect(201).Text("id"),
        };
        var link = made.Expect(201).Text("invitation");
        var (status, page) = await browser.Open(link);
        Assert.Equal(HttpStatusCode.OK, status);
        browser.phone = Unspell(Spelled().Match(page).Groups["secret"].Value);
        var done = await browser.Send(
            page,
            link,
            ("password", browser.Password),
            ("code", browser.Code(server.Clock.GetUtcNow()))
        );
        Assert.Equal(HttpStatusCode.OK, done.Status);
        browser.RecoveryCodes =
        [
            .. Recovery().Matches(done.Html).Select(m => m.Groups["code"].Value),
        ];
        Assert.Equal(10, browser.RecoveryCodes.Count);
        return browser;
    }

    /// <summary>Invited, and signed in by a recovery code: the phone shows one code in thirty seconds.</summary>
    public static async Task<TestBrowser> SignedIn(
        RunningServer server,
        string role,
        string? org = null
    )
    {
        var browser = await Invited(server, role, org);
        var (status, _, next) = await browser.SignIn(browser.RecoveryCodes[0]);
        Assert.Equal(
            (HttpStatusCode.SeeOther, role == "merchant" ? "/shop" : "/console"),
            (status, next)
        );
        return browser;
    }

    public async Task<(HttpStatusCode Status, string Html, string? Next)> SignIn(
        string code,
        string? password = null,
        string? login = null,
        string back = "/"
    )
    {
        var (_, page) = await Open($"/sign-in?return={Uri.EscapeDataString(back)}");
        var first = await Send(
            page,
            "/sign-in",
            ("login", login ?? Login),
            ("password", password ?? Password)
        );
        return first.Status is HttpStatusCode.OK
            ? await Send(first.Html, "/sign-in/code", ("code", code))
            : first;
    }

    /// <summary>What the phone shows at a moment.</summary>
    public string Code(DateTimeOffset at) => Totp.CodeAt(phone, at.ToUnixTimeSeconds() / 30);

    /// <summary>A second browser of the same person, that has never been here.</summary>
    public TestBrowser Elsewhere() =>
        new(server)
        {
            Login = Login,
            Password = Password,
            phone = phone,
            RecoveryCodes = RecoveryCodes,
        };

    public void Dispose() => Client.Dispose();

    private static byte[] Unspell(string text)
    {
        var bits = text.Where(c => c != ' ')
            .SelectMany(c =>
                Convert.ToString(Base32.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')
            )
            .ToArray();
        return
        [
            .. bits.Chunk(8)
                .Where(b => b.Length == 8)
                .Select(b => Convert.ToByte(new string(b), 2)),
        ];
    }

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Hidden();

    [GeneratedRegex("""spelled">(?<secret>[A-Z2-7 ]+)<""", RegexOptions.ExplicitCapture)]
    private static partial Regex Spelled();

    [GeneratedRegex("""<li class="code">(?<code>[A-Z0-9-]+)<""", RegexOptions.ExplicitCapture)]
    private static partial Regex Recovery();
}
