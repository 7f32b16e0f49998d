using System.Net;
using System.Net.Sockets;

namespace Tillkeeper.Cli.Tests;

public sealed class TrustTests
{
    [Fact]
    public async Task A_server_of_another_ca_is_refused_and_never_sees_the_key()
    {
        using var place = new Place();
        await using var server = await StartAsync(new TestCa().Issue(IPAddress.Loopback));
        await AssertNotTrustedAsync(place, server);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        using var place = new Place();
        await using var server = await StartAsync(
            TestCa.Shared.Issue(IPAddress.Parse("192.0.2.1"))
        );
        await AssertNotTrustedAsync(place, server);
    }

    [Fact]
    public async Task A_terminals_certificate_of_the_same_ca_is_refused()
    {
        using var place = new Place();
        await using var server = await StartAsync(
            TestCa.Shared.Issue(IPAddress.Loopback, TestCa.ClientUse)
        );
        await AssertNotTrustedAsync(place, server);
    }

    [Fact]
    public async Task Without_a_ca_file_only_the_systems_cas_are_trusted()
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync("{}");

        var outcome = await place.RunAsync([
            "key",
            "list",
            "--server",
            server.Url,
            "--key-file",
            "key",
        ]);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        using var place = new Place();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var outcome = await place.RunAsync([
            "key",
            "list",
            "--server",
            $"https://127.0.0.1:{port}",
            "--ca",
            "ca.crt",
            "--key-file",
            "key",
        ]);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains(
            "cannot be reached: Connection refused",
            outcome.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("", outcome.Output);
    }

    private static Task<TestServer> StartAsync(
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate
    ) =>
        TestServer.StartAsync(
            context => TestServer.WriteAsync(context, 200, "application/json", "{}"),
            certificate
        );

    private static async Task AssertNotTrustedAsync(Place place, TestServer server)
    {
        var outcome = await place.RunAsync(server, "key", "list");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("cannot be trusted", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("", outcome.Output);
        Assert.Empty(server.Requests);
    }
}
