using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Identity;

public sealed class EnrolmentTests
{
    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_key()
    {
        await using var server = await TestServer.StartAsync();
        server.LoseEnrolments = 1;

        await using var terminal = await TestTerminal.StartAsync(server);

        Assert.Equal(2, server.Enrolments);
        Assert.Equal(TestServer.Terminal, terminal.Till.State.Terminal);
    }

    [Fact]
    public async Task A_program_that_died_before_the_answer_asks_with_the_same_key_too()
    {
        await using var server = await TestServer.StartAsync();
        server.LoseEnrolments = int.MaxValue;
        await using var terminal = await TestTerminal.StartAsync(server, wait: false);
        await Eventually.TrueAsync(() => server.Enrolments > 0, "it has asked");
        await terminal.StopAsync();

        server.LoseEnrolments = 0;
        await terminal.RunAsync();

        Assert.Equal(TestServer.Terminal, terminal.Till.State.Terminal);
    }

    [Fact]
    public async Task Until_enrolled_the_local_api_says_so_and_allows_nothing()
    {
        await using var server = await TestServer.StartAsync();
        server.Offline = true;
        await using var terminal = await TestTerminal.StartAsync(server, wait: false);

        foreach (var path in new[] { "status", "verdict?capability=card_payment", "nothing" })
        {
            var answer = await terminal.GetAsync(path);
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "not_enrolled"),
                (answer.Status, answer.Code)
            );
        }
    }

    [Fact]
    public async Task A_void_code_is_not_tried_again_and_again()
    {
        await using var server = await TestServer.StartAsync();
        server.RefuseEnrolment = true;

        await using var terminal = await TestTerminal.StartAsync(server, wait: false);
        await Eventually.TrueAsync(
            async () =>
                (await terminal.GetAsync("status"))
                    .Body.GetProperty("detail")
                    .GetString()!
                    .Contains("void", StringComparison.Ordinal),
            "the screen can say that the code is void"
        );

        Assert.Equal(1, server.Enrolments);
    }

    [Fact]
    public async Task An_identity_is_used_and_no_code_is_sent_again()
    {
        await using var terminal = await TestTerminal.StartAsync();

        await terminal.RestartAsync();

        Assert.Equal(1, terminal.Server.Enrolments);
    }

    [Fact]
    public async Task The_identity_is_for_its_owners_eyes_alone()
    {
        await using var terminal = await TestTerminal.StartAsync();

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var identity = Path.Combine(terminal.Folder, "identity.json");
        Assert.Equal(Owner, File.GetUnixFileMode(identity));
        Assert.Equal(Owner, File.GetUnixFileMode(terminal.JournalFile));
        Assert.False(File.Exists(Path.Combine(terminal.Folder, "enrolment.json")));
        Assert.DoesNotContain(
            "key",
            terminal.Services.GetRequiredService<IdentityStore>().Required.ToString(),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task The_certificate_is_renewed_at_two_thirds_of_its_life_by_trusted_time()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await Eventually.TrueAsync(() => terminal.Trusts, "signed time has come");
        var renewal = terminal.Services.GetRequiredService<Renewal>();
        var identities = terminal.Services.GetRequiredService<IdentityStore>();
        var from = terminal.Server.CertificateFrom;

        terminal.Clock.Advance(from.AddDays(243) - terminal.Server.Now);
        Assert.False(renewal.IsDue());
        terminal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(renewal.IsDue());

        terminal.Server.Now = from.AddDays(244);
        await renewal.RenewAsync(CancellationToken.None);

        Assert.False(renewal.IsDue());
        Assert.Equal(
            terminal.Server.Now.AddYears(1).UtcDateTime,
            identities.ClientCertificate!.NotAfter.ToUniversalTime()
        );
        await terminal.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await terminal.GetAsync("status")).Status);
    }
}
