using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Tests.Sensors;

/// <summary>The program itself, and a world that really changes around it (C4).</summary>
public sealed class RealProcessTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tillkeeper-agent-").FullName;
    private readonly MachineTree machine = MachineTree.Healthy();
    private readonly HttpClient http = new();
    private TestServer? server;
    private Uri address = new("http://127.0.0.1");

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        machine.Dispose();
        Directory.Delete(folder, recursive: true);
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_usb_device_disappears_and_comes_back_while_the_battery_overheats_and_the_paper_ends()
    {
        await using var agent = await StartAsync(
            new PartProfile(
                "card_reader",
                "usb",
                "1a86:7523",
                [Capability.CardPayment, Capability.PinEntry]
            ),
            new PartProfile("battery", "power", "BAT0", [Capability.BatchClose]),
            new PartProfile("printer", "printer", "/var/run/printer")
        );
        await UntilAsync(s => s.GetProperty("locks").GetArrayLength() == 0);

        machine.Remove("sys/bus/usb/devices/1-1.2");
        await UntilAsync(s => Scopes(s) == "pin_entry card_payment");
        Assert.True(await MayAsync("qr_payment"));
        Assert.False(await MayAsync("card_payment"));

        machine.Write("sys/class/power_supply/BAT0/health", "Overheat");
        machine.Write("var/run/printer", "paper_out");
        await UntilAsync(s =>
            Scopes(s) == "batch_close | pin_entry card_payment"
            && s.GetProperty("warnings")
                .EnumerateArray()
                .Any(w => w.GetProperty("part").GetString() == "printer")
        );

        machine.Usb("1-1.2", "1a86", "7523");
        await UntilAsync(s => Scopes(s) == "batch_close");
        machine.Write("sys/class/power_supply/BAT0/health", "Good");
        machine.Write("var/run/printer", "ready");
        await UntilAsync(s =>
            Scopes(s).Length == 0 && s.GetProperty("warnings").GetArrayLength() == 0
        );
        Assert.True(await MayAsync("card_payment"));
        Assert.Equal(3, server!.Events.Count(e => e.Type == "rule.found.v1"));
    }

    [Fact]
    public async Task Killed_right_after_the_word_of_tampering_it_starts_again_locked()
    {
        await using (var agent = await StartAsync())
        {
            await UntilAsync(s => s.GetProperty("locks").GetArrayLength() == 0);
            using var said = await http.PostAsJsonAsync(
                new Uri(address, "tamper"),
                new { source = "secure-processor" }
            );
            Assert.Equal(HttpStatusCode.Created, said.StatusCode);
            agent.Kill();
            await agent.EndAsync();
        }
        await using var again = await RunAsync();
        await UntilAsync(s => s.GetProperty("locks").GetArrayLength() == 1);
        Assert.False(await MayAsync("card_payment"));
        Assert.False(await MayAsync("sign_in"));
    }

    private async Task<AgentProcess> StartAsync(params PartProfile[] parts)
    {
        server = await TestServer.StartAsync(
            new Policy
            {
                Passcode = new PasscodeRule { Iterations = 10 },
                Hardware = new HardwareRule { Every = TimeSpan.FromMilliseconds(150) },
                Parts = parts,
            }
        );
        return await RunAsync();
    }

    private async Task<AgentProcess> RunAsync()
    {
        var ca = Path.Combine(folder, "ca.pem");
        await File.WriteAllTextAsync(ca, server!.Authority.Ca.ExportCertificatePem());
        var agent = AgentProcess.Start(
            "--data",
            Path.Combine(folder, "data"),
            "--server",
            server.Address.ToString(),
            "--ca",
            ca,
            "--enrol",
            TestServer.Code,
            "--listen",
            "http://127.0.0.1:0",
            "--sysfs",
            machine.Root
        );
        address = new Uri(await agent.AddressAsync(), "/local/v1/");
        return agent;
    }

    private async Task UntilAsync(Func<JsonElement, bool> wanted)
    {
        JsonElement last = default;
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await http.GetAsync(new Uri(address, "status?lang=en"));
                last = await response.Content.ReadFromJsonAsync<JsonElement>();
                return response.IsSuccessStatusCode && wanted(last);
            },
            "the terminal is as wanted"
        );
    }

    private async Task<bool> MayAsync(string capability) =>
        (
            await http.GetFromJsonAsync<JsonElement>(
                new Uri(address, $"verdict?capability={capability}")
            )
        )
            .GetProperty("allow")
            .GetBoolean();

    /// <summary>What each lock blocks.</summary>
    private static string Scopes(JsonElement status) =>
        string.Join(
            " | ",
            status
                .GetProperty("locks")
                .EnumerateArray()
                .Select(l => string.Join(' ', l.GetProperty("scope").EnumerateArray()))
                .Order(StringComparer.Ordinal)
        );
}
