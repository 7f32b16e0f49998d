using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Link;

/// <summary>Only our server, whatever the machine itself trusts and whatever its clock says.</summary>
public sealed class ServerTrustTests
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    [Fact]
    public async Task A_server_of_another_ca_learns_nothing()
    {
        using var stranger = new TestAuthority();
        Assert.False(await ReachesAsync(_ => stranger.Issue("localhost", ServerUse)));
    }

    [Fact]
    public async Task A_terminals_certificate_makes_no_server() =>
        Assert.False(await ReachesAsync(a => a.Issue("localhost", ClientUse)));

    [Fact]
    public async Task A_certificate_for_another_name_is_refused() =>
        Assert.False(await ReachesAsync(a => a.Issue("elsewhere.example", ServerUse)));

    [Fact]
    public async Task With_a_dead_clock_dates_do_not_cut_it_off() =>
        Assert.True(
            await ReachesAsync(a =>
                a.Issue("localhost", ServerUse, new DateTimeOffset(1971, 1, 1, 0, 0, 0, default))
            )
        );

    [Fact]
    public void Once_the_time_is_known_an_expired_certificate_is_refused()
    {
        using var authority = new TestAuthority();
        using var expired = authority.Issue(
            "localhost",
            ServerUse,
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, default)
        );
        var clock = new DeviceClock(new TestClock());
        Assert.True(Accepts(expired, authority, clock));

        clock.Learn(new DateTimeOffset(2026, 3, 1, 0, 0, 0, default));

        Assert.False(Accepts(expired, authority, clock));
        Assert.True(Accepts(authority.Server, authority, clock));
    }

    private static bool Accepts(
        X509Certificate2 presented,
        TestAuthority authority,
        DeviceClock clock
    ) =>
        ServerTrust.Accepts(
            presented,
            null,
            SslPolicyErrors.RemoteCertificateChainErrors,
            [authority.Ca],
            clock
        );

    private static async Task<bool> ReachesAsync(Func<TestAuthority, X509Certificate2> certify)
    {
        var authority = new TestAuthority();
        authority.Server = certify(authority);
        await using var server = await TestServer.StartAsync(authority: authority);
        await using var terminal = await TestTerminal.StartAsync(server, wait: false);
        await Eventually.TrueAsync(
            () => server.Enrolments > 0 || server.Handshakes > 1,
            "it has tried, or was seen trying twice"
        );
        return server.Enrolments > 0;
    }
}
