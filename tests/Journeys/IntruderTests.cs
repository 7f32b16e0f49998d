using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>Whoever comes with the wrong papers is refused clearly, it is logged, and no harm is done.</summary>
public sealed class IntruderTests : IAsyncLifetime
{
    private RunningServer server = null!;
    private RunningAgent agent = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start();
        agent = await RunningAgent.StartWithStaff(server);
        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}",
            a => a.Body.GetProperty("online").GetBoolean()
        );
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_certificate_of_another_maker_is_refused_and_logged()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            $"CN={agent.Terminal},OU=epoch 1",
            key,
            HashAlgorithmName.SHA256
        );
        using var forged = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(30)
        );
        var client = server.TerminalClient(forged);

        var answer = (await client.Post("/terminal/v1/heartbeat", new { nonce = "n" })).Expect(
            HttpStatusCode.Unauthorized
        );

        Assert.Equal("certificate_unknown", answer.Text("code"));
        Assert.Contains(
            server.Program.Lines,
            l => l.Contains("certificate_unknown", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_certificate()
    {
        var client = server.TerminalClient(null);
        (await client.Get("/terminal/v1/orders")).Expect(HttpStatusCode.Unauthorized);
        (await client.Post("/terminal/v1/events", new { events = Array.Empty<object>() })).Expect(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task A_revoked_terminal_is_refused_at_its_next_request_and_its_stream_ends()
    {
        var client = server.TerminalClient(IdentityOf(agent));
        (await client.Post("/terminal/v1/heartbeat", new { nonce = "n" })).Expect(
            HttpStatusCode.OK
        );
        (
            await server.Admin.Post(
                $"/api/v1/terminals/{agent.Terminal}/revoke",
                new { reason = "stolen" }
            )
        ).Expect(HttpStatusCode.NoContent);

        var answer = (await client.Post("/terminal/v1/heartbeat", new { nonce = "n" })).Expect(
            HttpStatusCode.Unauthorized
        );

        Assert.Equal("terminal_revoked", answer.Text("code"));
        Assert.Contains(
            server.Program.Lines,
            l => l.Contains("terminal_revoked", StringComparison.Ordinal)
        );
        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}",
            a => !a.Body.GetProperty("online").GetBoolean()
        );
    }

    [Fact]
    public async Task Another_terminals_order_brought_by_hand_is_refused_and_unlocks_nothing()
    {
        await using var other = await RunningAgent.Start(server);
        await other.Program.Kill();
        var path = $"/api/v1/terminals/{other.Terminal}";
        var lockId = (
            await server.Admin.Post($"{path}/locks", new { cause = "remote", reason = "drill" })
        )
            .Expect(HttpStatusCode.Accepted)
            .Text("lockId");
        (
            await server.Admin.Post($"{path}/locks/{lockId}/release", new { reason = "drill over" })
        ).Expect(HttpStatusCode.Accepted);
        var foreign = (await server.Admin.Get($"{path}/orders?format=jws")).Body.GetProperty(
            "orders"
        );
        var before = (await agent.Locks()).Length;

        var answer = (await agent.Local.Post("/local/v1/orders", new { orders = foreign })).Expect(
            HttpStatusCode.OK
        );

        Assert.Equal(0, answer.Body.GetProperty("applied").GetInt32());
        Assert.All(
            answer.Body.GetProperty("refused").EnumerateArray(),
            r => Assert.Equal("foreign_order", r.GetProperty("code").GetString())
        );
        Assert.Equal(before, (await agent.Locks()).Length);
    }

    [Fact]
    public async Task A_changed_byte_in_the_journal_locks_the_terminal_until_two_people_release_it()
    {
        await agent.Program.Kill();
        var journal = Directory.GetFiles(agent.Data, "*journal*").Single();
        var bytes = await File.ReadAllBytesAsync(journal);
        bytes[bytes.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(journal, bytes);
        await agent.StartAgain();

        var locks = (
            await agent.Local.Until(
                "/local/v1/status",
                a => a.Status == HttpStatusCode.OK && a.Locks.Length > 0
            )
        ).Locks;

        Assert.Equal("E14", Assert.Single(locks).GetProperty("code").GetString());
        Assert.False(await agent.MaySell());
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.Locked);
        var path = $"/api/v1/terminals/{agent.Terminal}";
        var known = await server.Admin.Until(
            path,
            a => a.Locks.Any(l => l.GetProperty("cause").GetString() == "state_unknown")
        );
        var lockId = known.Locks[0].GetProperty("id").GetString();
        using var first = await server.As("risk");
        using var second = await server.As("risk");
        var asked = (
            await first.Post($"{path}/locks/{lockId}/release", new { reason = "disk replaced" })
        ).Expect(HttpStatusCode.Conflict);
        Assert.Equal("second_person_required", asked.Text("code"));
        (
            await first.Post($"{path}/locks/{lockId}/release", new { reason = "disk replaced" })
        ).Expect(HttpStatusCode.Conflict);
        Assert.False(await agent.MaySell());
        (await second.Post($"{path}/locks/{lockId}/release", new { reason = "seen it" })).Expect(
            HttpStatusCode.Accepted
        );
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0);
        Assert.True(await agent.MaySell());
        // The operators were lost with the state; they are made anew.
        await agent.AddStaff();
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_copied_folder_started_twice_is_found_as_a_fork_and_locked()
    {
        await agent.Program.Kill();
        await using var copy = await agent.Copy();
        await agent.StartAgain();
        await agent.Local.Until("/local/v1/status", a => a.Status == HttpStatusCode.OK);
        await copy.Local.Until("/local/v1/status", a => a.Status == HttpStatusCode.OK);
        // Each goes on by itself; the second to report contradicts the record.
        await agent.SignIn("03", RunningAgent.Wrong);
        await copy.SignIn("03", RunningAgent.Wrong);

        var found = await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}",
            a => a.Locks.Any(l => l.GetProperty("cause").GetString() == "binding"),
            seconds: 60
        );

        Assert.Equal("E11", found.Locks[0].GetProperty("code").GetString());
        var events = await Shops.Events(server.Admin, agent.Terminal);
        Assert.Contains(events, e => e.GetProperty("type").GetString() == "terminal.fork_found.v1");
        Assert.Contains(
            "E11",
            (
                await agent.Local.Until("/local/v1/status", a => a.Locks.Length > 0, seconds: 60)
            ).Locks.Select(l => l.GetProperty("code").GetString())
        );
    }

    [Fact]
    public async Task A_second_agent_on_the_same_folder_refuses_to_start()
    {
        var (exitCode, output) = await RunningProgram.Run(
            "Tillkeeper.Agent",
            "--data",
            agent.Data,
            "--server",
            server.Terminals,
            "--ca",
            server.CaFile,
            "--listen",
            $"http://127.0.0.1:{RunningProgram.FreePort()}"
        );

        Assert.NotEqual(0, exitCode);
        Assert.Contains(agent.Data, output, StringComparison.Ordinal);
    }

    /// <summary>The identity as a thief would take it from the folder.</summary>
    private static X509Certificate2 IdentityOf(RunningAgent agent)
    {
        using var json = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(agent.Data, "identity.json"))
        );
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(
            json.RootElement.GetProperty("privateKey").GetBytesFromBase64(),
            out _
        );
        using var certificate = X509Certificate2.CreateFromPem(
            json.RootElement.GetProperty("certificate").GetString()
        );
        using var both = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(both.Export(X509ContentType.Pkcs12), null);
    }
}
