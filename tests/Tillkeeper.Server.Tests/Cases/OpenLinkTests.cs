using System.Net;
using System.Text;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

/// <summary>The page that a phone opens after it has read the QR code of a lock screen.</summary>
public sealed class OpenLinkTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Nonce = "bm9uY2Utbm9u";

    private sealed record Page(HttpStatusCode Status, string Text, HttpResponseMessage Response)
    {
        public void Holds(string part) => Assert.Contains(part, Text, StringComparison.Ordinal);

        public void Lacks(string part) =>
            Assert.DoesNotContain(part, Text, StringComparison.Ordinal);
    }

    private static string Link(
        Shop shop,
        string lockId,
        Cause cause = Cause.Remote,
        TimeSpan age = default,
        long? seq = null
    ) =>
        shop.Terminal.Sign(
            OpenLink.Typ,
            new OpenLink(
                lockId,
                cause,
                Nonce,
                DateTimeOffset.UtcNow - age,
                seq ?? shop.Terminal.Seq
            ).ToPayload()
        );

    private async Task<Page> Get(string token, string query = "")
    {
        using var stranger = server.Client(server.People);
        var answer = await stranger.GetAsync($"/open/{token}{query}");
        return new Page(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    private async Task<Page> Post(
        string token,
        string way = "provider_release",
        string name = "Wang Wei",
        string phone = "139 1234 5678",
        string note = ""
    )
    {
        using var stranger = server.Client(server.People);
        using FormUrlEncodedContent form = new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["wayOut"] = way,
                ["name"] = name,
                ["phone"] = phone,
                ["note"] = note,
            }
        );
        var answer = await stranger.PostAsync($"/open/{token}", form);
        return new Page(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> CasesOf(Shop shop) =>
        [
            .. (await shop.Merchant.Get("/api/v1/cases"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray(),
        ];

    [Fact]
    public async Task A_link_shows_the_lock_opens_one_case_as_the_terminal_and_releases_nothing()
    {
        var shop = await Shop.Open(server);
        var link = Link(shop, await shop.Terminal.Lock(Cause.Remote));

        var form = await Get(link);
        Assert.Equal(HttpStatusCode.OK, form.Status);
        form.Holds("value=\"provider_release\"");
        form.Lacks("value=\"password_reset\"");

        (await Post(link, note: "We opened this morning.")).Holds("Your case has the number");
        var again = await Post(link, name: "Somebody Else");

        var opened = Assert.Single(await CasesOf(shop));
        again.Holds(opened.GetProperty("number").GetString()!);
        (await Get(link)).Holds(opened.GetProperty("number").GetString()!);
        var id = opened.GetProperty("id").GetString()!;
        var shown = (await shop.Risk.Get(Shop.PathOf(id))).Expect(200).Json.ToString();
        Assert.Contains($"terminal/{shop.Terminal.Id}", shown, StringComparison.Ordinal);
        Assert.Equal("open", opened.GetProperty("state").GetString());
        Assert.Empty(await shop.Terminal.Orders());
    }

    [Fact]
    public async Task No_page_tells_who_asked_or_whose_terminal_it_is()
    {
        var shop = await Shop.Open(server);
        var link = Link(shop, await shop.Terminal.Lock(Cause.Remote));
        await Post(link);

        var page = await Get(link);

        Assert.All(
            ["Wang Wei", "139", "Noodle shop", "13800138000", "SHOP-0001", "Li<"],
            page.Lacks
        );
    }

    [Fact]
    public async Task The_page_runs_no_script_is_kept_nowhere_and_speaks_the_language_asked_for()
    {
        var shop = await Shop.Open(server);
        var link = Link(shop, await shop.Terminal.Lock(Cause.Remote));

        var page = await Get(link, "?lang=zh");

        page.Holds("<html lang=\"zh-Hans\">");
        page.Holds("申请帮助");
        page.Lacks("<script");
        page.Lacks(" style=");
        var headers = page.Response.Headers;
        Assert.True(headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith(
            "default-src 'none'; style-src 'sha256-",
            policy,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_filled_in_wrongly_is_asked_for_again_and_comes_back_encoded()
    {
        var shop = await Shop.Open(server);
        var link = Link(shop, await shop.Terminal.Lock(Cause.Remote));

        var page = await Post(link, phone: "12", name: "<b>\"x");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        page.Holds("&lt;b&gt;&quot;x");
        page.Lacks("<b>\"x");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await Post(link, way: "password_reset")).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await Post(link, note: "4111 1111 1111 1111")).Status
        );
        Assert.Empty(await CasesOf(shop));
    }

    [Fact]
    public async Task A_lock_that_only_the_terminal_knows_of_opens_a_case_all_the_same()
    {
        var shop = await Shop.Open(server);
        var link = Link(
            shop,
            TestTerminal.NewId(),
            Cause.WrongPassword,
            seq: shop.Terminal.Seq + 3
        );

        (await Post(link, way: "password_reset")).Holds("Your case has the number");

        Assert.Single(await CasesOf(shop));
    }

    [Fact]
    public async Task Altered_foreign_and_invented_links_are_not_found()
    {
        var shop = await Shop.Open(server);
        var other = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.Remote);
        var good = Link(shop, lockId);
        var payload = new OpenLink(lockId, Cause.Remote, Nonce, DateTimeOffset.UtcNow, 1);
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"lock\":\"X\"}")).TrimEnd('=');
        string[] bad =
        [
            other.Terminal.Sign(OpenLink.Typ, payload.ToPayload(), shop.Terminal.Id),
            shop.Terminal.Sign("tillkeeper-time+jws", payload.ToPayload()),
            shop.Terminal.Sign(OpenLink.Typ, "{}"u8.ToArray()),
            $"{good.Split('.')[0]}.{body}.{good.Split('.')[2]}",
            Link(shop, lockId, age: TimeSpan.FromHours(-1)),
            "nonsense",
            new string('a', 2000),
        ];
        foreach (var token in bad)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Get(token)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Post(token)).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await Get(good)).Status);
        Assert.Empty(await CasesOf(shop));
    }

    [Fact]
    public async Task A_link_that_is_too_old_or_whose_lock_or_terminal_is_over_is_gone()
    {
        var shop = await Shop.Open(server);
        var lockId = await shop.Terminal.Lock(Cause.CustomerPin);
        var standing = await shop.Terminal.Lock(Cause.Remote);
        var ended = Link(shop, lockId, Cause.CustomerPin);
        var held = Link(shop, standing);
        Assert.Equal(HttpStatusCode.OK, (await Get(ended)).Status);
        await shop.Terminal.End(lockId, WayOut.Wait);
        var old = Link(shop, standing, age: OpenLink.ValidFor + TimeSpan.FromSeconds(1));

        foreach (var token in new[] { ended, old })
        {
            Assert.Equal(HttpStatusCode.Gone, (await Get(token)).Status);
            Assert.Equal(HttpStatusCode.Gone, (await Post(token)).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await Get(held)).Status);
        (
            await server.Admin.Post(
                $"/api/v1/terminals/{shop.Terminal.Id}/revoke",
                new { reason = "Stolen." }
            )
        ).Expect(204);
        Assert.Equal(HttpStatusCode.Gone, (await Get(held)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await Post(held)).Status);
        Assert.Empty(await CasesOf(shop));
    }

    [Fact]
    public async Task After_three_settled_cases_only_the_phone_is_left()
    {
        var shop = await Shop.Open(server);
        var link = Link(shop, await shop.Terminal.Lock(Cause.Remote));
        for (var i = 0; i < 3; i++)
        {
            (await Post(link)).Holds("Your case has the number");
            var id = (await CasesOf(shop))
                .Single(c => c.GetProperty("state").GetString() == "open")
                .GetProperty("id")
                .GetString()!;
            (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        }

        var fourth = await Post(link);

        Assert.Equal(HttpStatusCode.Conflict, fourth.Status);
        fourth.Holds("Call support");
        fourth.Lacks("<form");
        Assert.Equal(3, (await CasesOf(shop)).Count);
    }
}
