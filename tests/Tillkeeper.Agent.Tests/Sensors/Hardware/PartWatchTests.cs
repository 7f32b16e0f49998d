using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Sensors.Hardware;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Agent.Tests.Sensors.Hardware;

/// <summary>Faults as a shop meets them: what is blocked, what goes on, how it ends.</summary>
public sealed class PartWatchTests : IAsyncDisposable
{
    private readonly List<TestServer> servers = [];
    private readonly MachineTree tree = MachineTree.Healthy();
    private readonly Scripts scripts = new();

    public async ValueTask DisposeAsync()
    {
        tree.Dispose();
        scripts.Dispose();
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_fault_blocks_what_depends_on_the_part_and_ends_when_it_is_well_again()
    {
        await using var terminal = await StartAsync(
            new PartProfile("card_reader", "usb", "1a86:7523", [Capability.CardPayment]),
            new PartProfile("battery", "power", "BAT0", [Capability.SignIn])
        );
        tree.Remove("sys/bus/usb/devices/1-1.2");
        await RoundsAsync(terminal, 2);
        Assert.Empty(await terminal.LocksAsync());
        await RoundsAsync(terminal, 1);

        var raised = Assert.Single(await terminal.LocksAsync());
        Assert.Equal("E04", raised.GetProperty("code").GetString());
        Assert.Equal(
            ["card_payment"],
            raised.GetProperty("scope").EnumerateArray().Select(c => c.GetString())
        );
        Assert.Contains(
            "The part concerned: card reader.",
            raised.GetProperty("explanation").GetProperty("safe").GetString(),
            StringComparison.Ordinal
        );
        Assert.False(await terminal.AllowsAsync("card_payment"));
        Assert.True(await terminal.AllowsAsync("qr_payment"));
        Assert.True(await terminal.AllowsAsync("sign_in"));

        // A restart forgets no fault.
        await terminal.RestartAsync();
        Assert.False(await terminal.AllowsAsync("card_payment"));
        tree.Usb("1-1.4", "1a86", "7523");
        await RoundsAsync(terminal, 1);
        Assert.False(await terminal.AllowsAsync("card_payment"));
        await RoundsAsync(terminal, 1);
        Assert.True(await terminal.AllowsAsync("card_payment"));
        await Eventually.TrueAsync(
            () =>
                terminal.Server.Events.Any(e =>
                    e.Type == "lock.ended.v1"
                    && e.Data.GetProperty("wayOut").GetString() == "self_test"
                ),
            "its end is reported"
        );
    }

    [Fact]
    public async Task A_self_test_that_somebody_asks_for_ends_the_lock_and_never_begins_one()
    {
        await using var terminal = await StartAsync(
            new PartProfile("card_reader", "usb", "1a86:7523", [Capability.CardPayment])
        );
        tree.Remove("sys/bus/usb/devices/1-1.2");
        for (var i = 0; i < 5; i++)
        {
            var tested = await terminal.ExpectAsync(
                HttpStatusCode.OK,
                terminal.PostAsync("self-test")
            );
            Assert.Equal("absent", Part(tested, "card_reader").GetProperty("status").GetString());
        }
        Assert.True(await terminal.AllowsAsync());
        await RoundsAsync(terminal, 3);
        var faulty = await terminal.PostAsync("self-test?lang=zh");
        Assert.Single(faulty.Locks);
        Assert.Equal("读卡器", Part(faulty, "card_reader").GetProperty("name").GetString());
        Assert.False(await terminal.AllowsAsync());

        tree.Usb("1-1.2", "1a86", "7523");
        var well = await terminal.PostAsync("self-test");
        Assert.Empty(well.Locks);
        Assert.False(Part(well, "card_reader").GetProperty("faulty").GetBoolean());
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_printer_without_paper_only_warns()
    {
        await using var terminal = await StartAsync(
            new PartProfile("printer", "printer", "/var/run/printer")
        );
        tree.Write("var/run/printer", "paper_out");
        await RoundsAsync(terminal, 3);
        var status = (await terminal.GetAsync("status?lang=en")).Body;
        Assert.Empty(status.GetProperty("locks").EnumerateArray());
        var warning = Assert.Single(status.GetProperty("warnings").EnumerateArray());
        Assert.Equal("printer", warning.GetProperty("part").GetString());
        Assert.Equal("The part concerned: printer.", warning.GetProperty("saw").GetString());
        tree.Write("var/run/printer", "ready");
        await RoundsAsync(terminal, 2);
        Assert.Empty(
            (await terminal.GetAsync("status")).Body.GetProperty("warnings").EnumerateArray()
        );
    }

    [Fact]
    public async Task Noise_locks_nothing_in_a_thousand_rounds()
    {
        await using var terminal = await StartAsync(
            new PartProfile("memory", "memory", null, [Capability.CardPayment])
        );
        foreach (var round in Enumerable.Range(0, 1000))
        {
            // Two bad readings, one that says nothing, three good ones: never three bad of five.
            tree.Write(
                "proc/meminfo",
                (round % 6) switch
                {
                    0 or 1 => "MemAvailable: 100 kB",
                    2 => "rubbish",
                    _ => "MemAvailable: 204800 kB",
                }
            );
            await RoundsAsync(terminal, 1);
        }
        Assert.DoesNotContain(terminal.Server.Events, e => e.Type == "rule.found.v1");
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_part_that_is_declared_no_longer_blocks_no_longer()
    {
        await using var terminal = await StartAsync(
            new PartProfile("card_reader", "usb", "dead:beef", [Capability.CardPayment])
        );
        await RoundsAsync(terminal, 3);
        Assert.False(await terminal.AllowsAsync());
        terminal.Server.Send(o =>
            o with
            {
                Kind = "policy",
                Policy = terminal.Server.Policy with { Version = 2, Parts = [] },
            }
        );
        await Eventually.TrueAsync(
            () => terminal.Till.State.Policy.Version == 2,
            "the policy is there"
        );
        await RoundsAsync(terminal, 1);
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task The_vendors_program_reports_its_own_part()
    {
        await using var terminal = await StartAsync(
            new PartProfile("card_reader", "reported", null, [Capability.CardPayment]),
            new PartProfile("memory", "memory")
        );
        // A word that is said once is one run, however long it stands.
        await ReportAsync(
            terminal,
            """{"part":"card_reader","status":"failed","detail":"head 2"}"""
        );
        await RoundsAsync(terminal, 10);
        Assert.True(await terminal.AllowsAsync());
        await ReportAsync(terminal, """{"status":"failed","measures":{"swipes":81000}}""");
        await ReportAsync(terminal, """{"status":"failed"}""");
        Assert.False(await terminal.AllowsAsync());

        terminal.Clock.Advance(PartEndpoints.StaleAfter + TimeSpan.FromSeconds(1));
        var stale = await terminal.GetAsync("parts");
        Assert.Equal("unknown", Part(stale, "card_reader").GetProperty("status").GetString());
        Assert.False(await terminal.AllowsAsync());
        await ReportAsync(terminal, """{"status":"ok"}""");
        await ReportAsync(terminal, """{"status":"ok"}""");
        Assert.True(await terminal.AllowsAsync());

        await terminal.ExpectAsync(
            HttpStatusCode.NotFound,
            terminal.PostAsync("parts/keypad", """{"status":"ok"}""")
        );
        await terminal.ExpectAsync(
            HttpStatusCode.Conflict,
            terminal.PostAsync("parts/memory", """{"status":"ok"}""")
        );
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"status":"broken"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"part":"other","status":"ok"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"status":"ok","measures":{"a":"1"}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"status":"ok","measures":[1]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"status":"ok","measures":{"Ünfug":1}}""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_report_of_another_shape_is_refused(string body, HttpStatusCode expected)
    {
        await using var terminal = await StartAsync(new PartProfile("card_reader", "reported"));
        await terminal.ExpectAsync(expected, terminal.PostAsync("parts/card_reader", body));
    }

    [Theory]
    [InlineData("""echo '{"status":"failed","detail":"'$1'"}'""", "failed", "card_reader")]
    [InlineData("""echo '{"status":"ok","measures":{"temperature_c":41.5}}'""", "ok", null)]
    [InlineData("""echo '{"status":"ok"}'; exit 1""", "unknown", "reader: exit 1")]
    [InlineData("echo ready", "unknown", "reader did not print JSON")]
    [InlineData("""echo '{"status":"fine"}'""", "unknown", "reader: status is wrong")]
    [InlineData("head -c 100000 /dev/zero", "unknown", "reader did not print JSON")]
    public async Task A_command_of_the_vendors_prints_a_reading(
        string script,
        string status,
        string? detail
    )
    {
        scripts.Write("reader", script);
        await using var terminal = await StartAsync(
            new PartProfile("card_reader", "command", "reader")
        );
        await RoundsAsync(terminal, 1);
        var part = Part(await terminal.GetAsync("parts"), "card_reader");
        Assert.Equal(status, part.GetProperty("status").GetString());
        Assert.Equal(detail, part.TryGetProperty("detail", out var said) ? said.GetString() : null);
    }

    [Fact]
    public async Task A_command_that_others_could_have_written_is_not_run()
    {
        scripts.Write(
            "reader",
            "echo ran >> $RECORD",
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherWrite
        );
        await using var terminal = await StartAsync(
            new PartProfile("card_reader", "command", "reader")
        );
        await RoundsAsync(terminal, 1);
        Assert.Equal(
            "reader is not run: others can write it",
            Part(await terminal.GetAsync("parts"), "card_reader").GetProperty("detail").GetString()
        );
        Assert.Empty(scripts.Recorded);
    }

    private async Task<TestTerminal> StartAsync(params PartProfile[] parts)
    {
        var server = await TestServer.StartAsync(
            new Policy
            {
                Passcode = new PasscodeRule { Iterations = 10 },
                // Only the rounds of the test count.
                Hardware = new HardwareRule
                {
                    Every = TimeSpan.FromDays(1),
                    Failures = 3,
                    Among = 5,
                    Mode = RuleMode.On,
                    Then = RuleAction.Lock,
                },
                Parts = parts,
            }
        );
        servers.Add(server);
        return await TestTerminal.StartAsync(
            server,
            with: o => o with { Sysfs = tree.Root, Probes = scripts.Folder }
        );
    }

    private static async Task RoundsAsync(TestTerminal terminal, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            await terminal
                .Services.GetRequiredService<PartWatch>()
                .RoundAsync(CancellationToken.None);
        }
    }

    private static Task ReportAsync(TestTerminal terminal, string body) =>
        terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.PostAsync("parts/card_reader", body)
        );

    private static JsonElement Part(Answer answer, string name) =>
        answer
            .Body.GetProperty("parts")
            .EnumerateArray()
            .Single(p => p.GetProperty("part").GetString() == name);
}
