using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary><c>POST /terminal/v1/enrol</c>: a code is good once, for one key, for a while.</summary>
public sealed class EnrolTests(RunningServer server) : IClassFixture<RunningServer>
{
    private async Task<DoorTerminal> RegisterAsync() =>
        await DoorTerminal.Register(server, await Shop.NewMerchant(server, null));

    [Fact]
    public async Task A_code_and_a_key_become_an_identity()
    {
        using var terminal = await RegisterAsync();
        var answer = (await terminal.Enrol(terminal.Code)).Expect(201);
        Assert.Equal(terminal.Id, answer.Text("terminalId"));
        Assert.Equal(1, answer.Json.GetProperty("epoch").GetInt32());
        Assert.Equal(32, terminal.CodeKey.Length);
        Assert.NotEmpty(terminal.OrderKeys.Keys);
        Assert.Equal(1, answer.Json.GetProperty("policy").GetProperty("version").GetInt64());
        using var ca = X509Certificate2.CreateFromPem(answer.Text("ca"));
        Assert.Equal(
            ca.Thumbprint,
            X509Certificate2
                .CreateFromPem(await File.ReadAllTextAsync(Path.Combine(server.Data, "ca.crt")))
                .Thumbprint
        );
        Assert.Equal(ca.Subject, terminal.Certificate.Issuer);
        (await terminal.Heartbeat()).Expect(200);
    }

    [Fact]
    public async Task The_same_code_with_the_same_key_gives_the_same_answer_again()
    {
        using var terminal = await RegisterAsync();
        var first = await terminal.Enrol(terminal.Code);
        var before = LogHeads.Of(server);
        var again = await DoorTerminal.EnrolAt(
            server,
            terminal.Code,
            DoorTerminal.Csr(terminal.Key)
        );
        Assert.Equal((201, first.Body), (again.Status, again.Body));
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task A_used_code_with_another_key_is_gone()
    {
        using var terminal = await RegisterAsync();
        await terminal.Enrol(terminal.Code);
        using var thief = DoorTerminal.NewKey();
        var answer = await DoorTerminal.EnrolAt(server, terminal.Code, DoorTerminal.Csr(thief));
        answer.Refuses(410, "enrolment_code_gone");
        (await terminal.Heartbeat()).Expect(200);
    }

    [Fact]
    public async Task One_code_raced_for_by_many_keys_enrols_one()
    {
        using var terminal = await RegisterAsync();
        var keys = Enumerable.Range(0, 8).Select(_ => DoorTerminal.NewKey()).ToArray();
        var answers = await Task.WhenAll(
            keys.Select(k => DoorTerminal.EnrolAt(server, terminal.Code, DoorTerminal.Csr(k)))
        );
        Assert.Equal(
            [201, 410, 410, 410, 410, 410, 410, 410],
            answers.Select(a => a.Status).Order()
        );
        Array.ForEach(keys, k => k.Dispose());
    }

    [Fact]
    public async Task A_replaced_code_is_gone_and_the_new_one_works_as_it_is_read_out()
    {
        using var terminal = await RegisterAsync();
        var code = await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/enrolment-codes",
            new { }
        );
        (await terminal.Enrol(terminal.Code)).Refuses(410, "enrolment_code_gone");
        var spoken = code.Expect(201).Text("enrolmentCode").ToLowerInvariant().Replace('-', ' ');
        (await terminal.Enrol(spoken)).Expect(201);
    }

    [Fact]
    public async Task An_expired_code_is_gone()
    {
        FakeTime clock = new(DateTimeOffset.UtcNow);
        await using var own = await RunningServer.StartAsync(clock);
        using var terminal = await DoorTerminal.Register(own, await Shop.NewMerchant(own, null));
        using var late = await DoorTerminal.Register(own, await Shop.NewMerchant(own, null));
        clock.Now += TimeSpan.FromHours(71.9);
        (await terminal.Enrol(terminal.Code)).Expect(201);
        clock.Now += TimeSpan.FromHours(0.2);
        (await late.Enrol(late.Code)).Refuses(410, "enrolment_code_gone");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000-0000-0000-0000")]
    [InlineData("' OR 1=1 --")]
    public async Task A_code_that_never_was_is_gone_whatever_else_is_wrong(string? code)
    {
        using var key = DoorTerminal.NewKey();
        foreach (var csr in new[] { DoorTerminal.Csr(key), "nonsense", null })
        {
            (await DoorTerminal.EnrolAt(server, code, csr)).Refuses(410, "enrolment_code_gone");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----")]
    public async Task A_request_that_cannot_be_read_is_a_422_and_the_code_stays_good(string? csr)
    {
        using var terminal = await RegisterAsync();
        (await DoorTerminal.EnrolAt(server, terminal.Code, csr)).Refuses(422, "invalid", "csr");
        (await terminal.Enrol(terminal.Code)).Expect(201);
    }

    [Fact]
    public async Task After_a_revocation_the_used_code_gives_no_answer_any_more()
    {
        using var terminal = await RegisterAsync();
        await terminal.Enrol(terminal.Code);
        await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/revoke",
            new { reason = "stolen" }
        );
        (await terminal.Enrol(terminal.Code)).Refuses(410, "enrolment_code_gone");
    }

    [Fact]
    public async Task A_new_enrolment_is_a_new_epoch_and_standing_locks_are_ordered_again()
    {
        using var terminal = await RegisterAsync();
        await terminal.Enrol(terminal.Code);
        var ordered = await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "remote", reason = "test" }
        );
        await terminal.ApplyAll();
        var code = await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/enrolment-codes",
            new { }
        );
        (await terminal.Enrol(code.Text("enrolmentCode"))).Expect(201);

        var order = Assert.Single(await terminal.Orders());
        Assert.Equal(
            ("lock", 2, 1L, ordered.Text("lockId")),
            (order.Kind, order.Epoch, order.Number, order.LockId)
        );
        Assert.Equal("pending", await StatusAsync(terminal));
        await terminal.ApplyAll();
        Assert.Equal("confirmed", await StatusAsync(terminal));
    }

    private async Task<string?> StatusAsync(DoorTerminal terminal)
    {
        var shown = await server.Admin.Get($"/api/v1/terminals/{terminal.Id}");
        return shown.Json.GetProperty("locks")[0].GetProperty("status").GetString();
    }
}
