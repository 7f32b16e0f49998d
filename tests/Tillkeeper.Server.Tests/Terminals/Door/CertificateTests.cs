using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary>Whoever shows anything but the current certificate of a terminal that is not revoked gets a clear 401, and does nothing.</summary>
public sealed class CertificateTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] Routes =
    [
        "POST /terminal/v1/renew",
        "GET /terminal/v1/orders",
        "POST /terminal/v1/events",
        "POST /terminal/v1/heartbeat",
    ];

    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));

    /// <summary>The CA's own private key, as only a thief of database and master key has it.</summary>
    private X509Certificate2 Ca()
    {
        var sealedCa = server.Services.GetRequiredService<ISealedStore>().Find("ca")!;
        var pem = server.Services.GetRequiredService<IKeys>().Open(sealedCa, "ca");
        var text = Encoding.ASCII.GetString(pem);
        return X509Certificate2.CreateFromPem(text, text);
    }

    [Fact]
    public async Task No_certificate_at_all() =>
        await RefusedAsync("unauthenticated", await EnrolAsync(), null);

    [Fact]
    public async Task A_certificate_of_another_ca_that_looks_the_same()
    {
        using var terminal = await EnrolAsync();
        using PkiWorld other = new(DateTimeOffset.UtcNow);
        using var key = DoorTerminal.NewKey();
        var issued = other.Ca.IssueTerminal(terminal.Id, 1, PkiWorld.KeyOf(key));
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem).CopyWithPrivateKey(key);
        await RefusedAsync("certificate_unknown", terminal, certificate);
    }

    [Fact]
    public async Task The_servers_own_certificate()
    {
        using var terminal = await EnrolAsync();
        var own = server.Services.GetRequiredService<ServerCertificates>().Current();
        await RefusedAsync("certificate_unknown", terminal, own);
    }

    [Fact]
    public async Task The_certificate_of_the_ca()
    {
        using var terminal = await EnrolAsync();
        using var ca = Ca();
        await RefusedAsync("certificate_unknown", terminal, ca);
    }

    [Fact]
    public async Task A_terminals_name_on_a_certificate_made_for_servers()
    {
        using var terminal = await EnrolAsync();
        using var ca = Ca();
        using Forgery forgery = new(ca, DateTimeOffset.UtcNow)
        {
            Subject = $"CN={terminal.Id},OU=epoch 1",
            Uses = ["1.3.6.1.5.5.7.3.1"],
        };
        using var bare = forgery.Make();
        using var certificate = forgery.WithKey(bare);
        await RefusedAsync("certificate_unknown", terminal, certificate);
    }

    [Fact]
    public async Task A_certificate_signed_by_itself()
    {
        using var terminal = await EnrolAsync();
        using var key = DoorTerminal.NewKey();
        CertificateRequest request = new(
            terminal.Certificate.SubjectName,
            key,
            HashAlgorithmName.SHA256
        );
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddYears(1)
        );
        await RefusedAsync("certificate_unknown", terminal, certificate);
    }

    [Fact]
    public async Task A_genuine_certificate_of_a_terminal_that_is_not_in_the_log()
    {
        using var terminal = await EnrolAsync();
        using var key = DoorTerminal.NewKey();
        var issued = server
            .Services.GetRequiredService<CertificateAuthority>()
            .IssueTerminal(TestTerminal.NewId(), 1, PkiWorld.KeyOf(key));
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem).CopyWithPrivateKey(key);
        await RefusedAsync("terminal_revoked", terminal, certificate);
    }

    [Fact]
    public async Task The_certificate_of_a_revoked_terminal_also_on_an_open_connection()
    {
        using var terminal = await EnrolAsync();
        (await terminal.Heartbeat()).Expect(200);
        var revoked = await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/revoke",
            new { reason = "stolen" }
        );
        revoked.Expect(204);
        (await terminal.Heartbeat()).Refuses(401, "terminal_revoked");
        await RefusedAsync("terminal_revoked", terminal, terminal.Certificate);
    }

    [Fact]
    public async Task The_certificate_of_an_older_epoch()
    {
        using var terminal = await EnrolAsync();
        using var old = new X509Certificate2(terminal.Certificate);
        var code = await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/enrolment-codes",
            new { }
        );
        (await terminal.Enrol(code.Text("enrolmentCode"))).Expect(201);
        await RefusedAsync("epoch_over", terminal, old);
        (await terminal.Heartbeat()).Expect(200);
    }

    private async Task RefusedAsync(
        string code,
        DoorTerminal terminal,
        X509Certificate2? certificate
    )
    {
        using var client = server.Client(server.Terminals, identity: certificate);
        var path = $"/api/v1/terminals/{terminal.Id}";
        var seen = (await server.Admin.Get(path)).Body;
        var before = LogHeads.Of(server);
        foreach (var route in Routes)
        {
            using var message = DoorRequests.Wellformed(route, terminal);
            (await client.Ask(message)).Refuses(401, code);
        }
        Assert.Equal(before, LogHeads.Of(server));
        Assert.Equal(seen, (await server.Admin.Get(path)).Body);
    }
}
