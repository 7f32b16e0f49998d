using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Tests.Sensors.Tamper;

/// <summary>The secure processor's word at the terminal: at once, once, and for good.</summary>
public sealed class TamperTests
{
    private const string Word = """{"source":"secure-processor","detail":"mesh broken"}""";

    [Fact]
    public async Task It_locks_in_the_middle_of_a_transaction()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.PostAsync("transactions", """{"capability":"card_payment"}""");
        await terminal.ExpectAsync(HttpStatusCode.Created, terminal.PostAsync("tamper", Word));
        Assert.False(await terminal.AllowsAsync());
        var raised = Assert.Single(await terminal.LocksAsync());
        Assert.Equal("E05", raised.GetProperty("code").GetString());
        Assert.Equal(
            ["repair", "replacement"],
            raised.GetProperty("waysOut").EnumerateArray().Select(w => w.GetString())
        );
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Any(e => e.Type == "lock.begun.v1"),
            "it is reported"
        );
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"detail":"no source"}""")]
    public async Task However_it_is_said_it_locks(string body)
    {
        await using var terminal = await TestTerminal.StartAsync();
        await terminal.ExpectAsync(
            HttpStatusCode.UnprocessableEntity,
            terminal.PostAsync("tamper", body)
        );
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_probe_that_says_so_locks_with_its_first_word()
    {
        await using var server = await TestServer.StartAsync(
            new Policy { Parts = [new PartProfile("keypad", "reported")] }
        );
        await using var terminal = await TestTerminal.StartAsync(server);
        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.PostAsync("parts/keypad", """{"status":"tampered","detail":"lid"}""")
        );
        Assert.Equal(Cause.Tamper, Assert.Single(terminal.Till.State.ActiveLocks).Cause);
    }

    [Fact]
    public async Task No_door_of_the_terminal_opens_it_again()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.PostAsync("tamper", Word);
        var again = await terminal.PostAsync("tamper", Word);
        var id = again.Body.GetProperty("lockId").GetString()!;
        Assert.Equal(id, Assert.Single(await terminal.LocksAsync()).GetProperty("id").GetString());

        await terminal.ExpectAsync(HttpStatusCode.Locked, terminal.TryAsync("boss", "582931"));
        await terminal.ExpectAsync(
            HttpStatusCode.Conflict,
            terminal.PostAsync($"locks/{id}/code", """{"code":"12345678"}""")
        );
        await terminal.PostAsync("self-test");
        foreach (var way in Enum.GetValues<WayOut>())
        {
            var jws = terminal.Server.Next(o => o.Releasing(id, way));
            terminal.Server.Push(jws);
            var number = (long)way + 1;
            await Eventually.TrueAsync(
                () => terminal.Till.State.LastOrder == number,
                "the order has its turn"
            );
        }
        await terminal.RestartAsync();
        terminal.Clock.Advance(TimeSpan.FromDays(400));
        await terminal.RoundAsync(book: true);
        Assert.False(await terminal.AllowsAsync());
        Assert.False(await terminal.AllowsAsync("sign_in"));
    }

    [Fact]
    public async Task An_old_folder_put_back_is_worth_nothing_once_the_server_says_that_its_identity_is_over()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.StopAsync();
        terminal.Server.Rejects = "terminal_revoked";
        await terminal.RunAsync();
        await Eventually.TrueAsync(async () => !await terminal.AllowsAsync(), "it locks");
        Assert.Equal(
            "E11",
            Assert.Single(await terminal.LocksAsync()).GetProperty("code").GetString()
        );

        // Once is enough, and the lock stays when the server is quiet again.
        terminal.Server.Rejects = null;
        await terminal.RestartAsync();
        Assert.Single(await terminal.LocksAsync());
    }

    [Theory]
    [InlineData("certificate_expired")]
    [InlineData("something_else")]
    public async Task Any_other_refusal_locks_nothing(string code)
    {
        await using var terminal = await TestTerminal.StartAsync();
        await terminal.StopAsync();
        terminal.Server.Rejects = code;
        var before = terminal.Server.Rejections;
        await terminal.RunAsync();
        await Eventually.TrueAsync(() => terminal.Server.Rejections > before + 1, "it was refused");
        Assert.True(await terminal.AllowsAsync());
    }
}
