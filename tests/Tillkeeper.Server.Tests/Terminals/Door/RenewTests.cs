using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary><c>POST /terminal/v1/renew</c>, also in the 90 days after expiry, for this alone.</summary>
public sealed class RenewTests
{
    [Fact]
    public async Task A_terminal_renews_before_and_for_90_days_after_the_end_and_not_later()
    {
        FakeTime clock = new(DateTimeOffset.UtcNow);
        await using var server = await RunningServer.StartAsync(clock);
        using var terminal = await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));

        clock.Now += TimeSpan.FromDays(245);
        terminal.Become(terminal.Certificate);
        await RenewAsync(terminal);
        (await terminal.Heartbeat()).Expect(200);

        clock.Now += TimeSpan.FromDays(366 + 88);
        terminal.Become(terminal.Certificate);
        await ExpiredAsync(server, terminal);
        await RenewAsync(terminal);
        (await terminal.Heartbeat()).Expect(200);

        clock.Now += TimeSpan.FromDays(366 + 91);
        terminal.Become(terminal.Certificate);
        (await terminal.Renew()).Refuses(401, "certificate_expired");
    }

    [Fact]
    public async Task A_renewed_certificate_is_of_the_same_epoch_and_may_have_another_key()
    {
        await using var server = await RunningServer.StartAsync();
        using var terminal = await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
        using var key = DoorTerminal.NewKey();
        var renewed = (await terminal.Renew(DoorTerminal.Csr(key))).Expect(201);
        using var certificate = X509Certificate2.CreateFromPem(renewed.Text("certificate"));
        Assert.Equal(terminal.Certificate.Subject, certificate.Subject);
        terminal.Become(certificate.CopyWithPrivateKey(key));
        (await terminal.Heartbeat()).Expect(200);
        var events = (await server.Admin.Get($"/api/v1/terminals/{terminal.Id}/events")).Body;
        Assert.Contains("terminal.certificate_renewed.v1", events, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task A_request_that_cannot_be_read_is_a_422(string csr)
    {
        await using var server = await RunningServer.StartAsync();
        using var terminal = await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
        (await terminal.Renew(csr)).Refuses(422, "invalid", "csr");
    }

    private static async Task RenewAsync(DoorTerminal terminal)
    {
        var renewed = (await terminal.Renew()).Expect(201);
        terminal.Become(X509Certificate2.CreateFromPem(renewed.Text("certificate")));
    }

    private static async Task ExpiredAsync(RunningServer server, DoorTerminal terminal)
    {
        var before = LogHeads.Of(server);
        foreach (
            var route in new[]
            {
                "GET /terminal/v1/orders",
                "POST /terminal/v1/events",
                "POST /terminal/v1/heartbeat",
            }
        )
        {
            using var message = DoorRequests.Wellformed(route, terminal);
            (await terminal.Http.Ask(message)).Refuses(401, "certificate_expired");
        }
        Assert.Equal(before, LogHeads.Of(server));
    }
}
