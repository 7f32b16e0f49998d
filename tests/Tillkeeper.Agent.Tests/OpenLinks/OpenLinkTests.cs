using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Tests.OpenLinks;

/// <summary>The link that opens a case from the lock screen.</summary>
public sealed class OpenLinkTests
{
    private const string Remote = "R0R0R0R0R0";
    private const string Portal = "https://pay.example.com/help";

    [Fact]
    public async Task The_link_is_signed_by_the_terminals_own_key_and_also_without_a_connection()
    {
        await using var terminal = await LockedAsync();
        terminal.Server.Offline = true;

        var answer = await terminal.GetAsync($"locks/{Remote}/link");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var url = answer.Body.GetProperty("url").GetString()!;
        Assert.StartsWith($"{Portal}/open/", url, StringComparison.Ordinal);
        var jws = Jws.Parse(url[$"{Portal}/open/".Length..])!;
        Assert.Equal(TestServer.Terminal, jws.Kid);
        using var certificate = X509Certificate2.CreateFromPem(
            terminal.Services.GetRequiredService<IdentityStore>().Required.Certificate
        );
        using var key = certificate.GetECDsaPublicKey()!;
        Assert.True(jws.IsSignedBy(key));
        var link = OpenLink.Read(jws)!;
        Assert.Equal((Remote, Cause.Remote), (link.Lock, link.Cause));
        Assert.Equal(terminal.Till.Journal!.LastSeq, link.Seq);
        Assert.Equal(
            link.At + OpenLink.ValidFor,
            answer.Body.GetProperty("expiresAt").GetDateTimeOffset()
        );
    }

    [Fact]
    public async Task The_image_is_a_square_of_modules_that_a_small_screen_can_show()
    {
        await using var terminal = await LockedAsync();

        using var answer = await terminal.Http.GetAsync($"locks/{Remote}/link.svg");

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var svg = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        var box = svg.Root!.Attribute("viewBox")!.Value.Split(' ');
        Assert.Equal(box[2], box[3]);
        // 320x240 leaves it some 190 pixels: two and a half a module.
        Assert.InRange(
            int.Parse(box[2], System.Globalization.CultureInfo.InvariantCulture),
            29,
            81
        );
    }

    [Fact]
    public async Task A_link_is_shown_again_and_replaced_while_somebody_can_still_type()
    {
        await using var terminal = await LockedAsync();
        var first = await UrlAsync(terminal);
        terminal.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(first, await UrlAsync(terminal));

        terminal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.NotEqual(first, await UrlAsync(terminal));
    }

    [Fact]
    public async Task Without_a_trusted_time_there_is_no_link()
    {
        await using var terminal = await LockedAsync();
        terminal.Server.Offline = true;
        await terminal.RestartAsync();

        var answer = await terminal.GetAsync($"locks/{Remote}/link");

        Assert.Equal((HttpStatusCode.Conflict, "time_unknown"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Without_an_address_of_the_peoples_door_there_is_no_link()
    {
        await using var terminal = await LockedAsync(portal: null);

        var answer = await terminal.GetAsync($"locks/{Remote}/link");

        Assert.Equal((HttpStatusCode.Conflict, "portal_unknown"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_lock_that_does_not_stand_has_none()
    {
        await using var terminal = await LockedAsync();

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await terminal.GetAsync("locks/NOSUCHLOCK/link")).Status
        );
    }

    [Theory]
    [InlineData("https://pay.example.com", "https://pay.example.com/")]
    [InlineData("https://pay.example.com/a/", "https://pay.example.com/a/")]
    [InlineData("http://pay.example.com", null)]
    [InlineData("https://me@pay.example.com", null)]
    [InlineData("https://pay.example.com/?q=", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_a_plain_https_address_is_taken(string? told, string? expected) =>
        Assert.Equal(expected, PortalAddress.Read(told)?.AbsoluteUri);

    private static async Task<TestTerminal> LockedAsync(string? portal = Portal)
    {
        var terminal = await TestTerminal.StartAsync();
        terminal.Server.Portal = portal;
        terminal.Server.Send(o => o.Locking(Remote, Cause.Remote));
        await Eventually.TrueAsync(
            () =>
            {
                terminal.Services.GetRequiredService<BeatNow>().Call();
                var told = terminal.Services.GetRequiredService<LinkState>().Portal;
                return terminal.Till.State.LastOrder == 1
                    && terminal.Trusts
                    && (portal is null || told is not null);
            },
            "it is locked, and knows the time and the people's door"
        );
        return terminal;
    }

    private static async Task<string> UrlAsync(TestTerminal terminal) =>
        (await terminal.GetAsync($"locks/{Remote}/link")).Body.GetProperty("url").GetString()!;
}
