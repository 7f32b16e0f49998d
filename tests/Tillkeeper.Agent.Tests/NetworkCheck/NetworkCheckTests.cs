using System.Net;
using System.Text.Json;
using Tillkeeper.Agent.NetworkCheck;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Tests.NetworkCheck;

/// <summary>W6: the guided check says in plain words which step is at fault and what to do.</summary>
public sealed class NetworkCheckTests
{
    [Fact]
    public async Task Each_step_is_told_and_the_check_is_reported_once()
    {
        await using var server = await TestServer.StartAsync(
            new Policy { Network = new NetworkRule { PaymentHost = "127.0.0.1:1" } }
        );
        await using var terminal = await TestTerminal.StartAsync(
            server,
            with: o => o with { Model = "a920" }
        );
        await Eventually.TrueAsync(() => terminal.Trusts, "it has heard the time");
        var answer = await terminal.ExpectAsync(
            HttpStatusCode.OK,
            terminal.PostAsync("network-check?lang=en")
        );
        var steps = answer.Body.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(
            ["address", "gateway", "dns", "server", "payment_host", "clock"],
            steps.Select(s => s.GetProperty("step").GetString())
        );
        Assert.False(answer.Body.GetProperty("ok").GetBoolean());
        Assert.Equal("ok", steps[3].GetProperty("result").GetString());
        Assert.Equal("failed", steps[4].GetProperty("result").GetString());
        Assert.Equal("The payment system is not reached.", Text(steps[4]));
        Assert.Contains("by hand", steps[4].GetProperty("fix")[0].GetString()!);
        Assert.Empty(steps[3].GetProperty("fix").EnumerateArray());

        var chinese = await terminal.PostAsync("network-check?lang=zh");
        Assert.Equal("无法连通支付系统。", Text(chinese.Body.GetProperty("steps")[4]));
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Any(e => e.Type == "network.checked.v1"),
            "it is reported"
        );
        Assert.Single(terminal.Server.Events, e => e.Type == "network.checked.v1");
    }

    [Fact]
    public async Task A_wrong_clock_is_found_against_the_signed_time_and_its_fix_is_the_models()
    {
        await using var terminal = await TestTerminal.StartAsync(with: o =>
            o with
            {
                Model = "A920",
            }
        );
        await Eventually.TrueAsync(() => terminal.Trusts, "it has heard the time");
        terminal.Clock.Wall = DateTimeOffset.UnixEpoch;
        var answer = await terminal.PostAsync("network-check?lang=en");
        var clock = answer.Body.GetProperty("steps")[5];
        Assert.Equal("failed", clock.GetProperty("result").GetString());
        Assert.Contains("Settings", clock.GetProperty("fix")[0].GetString()!);
    }

    [Fact]
    public void Every_file_parses_and_every_step_has_every_text_in_both_languages()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "content", "network");
        var files = Directory
            .GetFiles(folder, "*.json")
            .Select(f =>
                JsonSerializer.Deserialize(File.ReadAllBytes(f), AdviceJson.Default.AdviceFile)!
            )
            .ToList();
        var all = Assert.Single(files, f => f.Models.Contains("*"));
        foreach (var step in Enum.GetValues<NetworkStep>())
        {
            var told = all.Steps[Words.Of(step)];
            BothLanguages<string>?[] texts = [told.Title, told.Ok, told.Failed, told.Unknown];
            Assert.All(texts, t => Assert.True(t is { En.Length: > 0, Zh.Length: > 0 }));
        }
        var words = Enum.GetValues<NetworkStep>().Select(Words.Of).ToList();
        foreach (var (step, told) in files.SelectMany(f => f.Steps))
        {
            Assert.Contains(step, words);
            Assert.NotEmpty(told.Fix!.En);
            Assert.Equal(told.Fix.En.Count, told.Fix.Zh.Count);
        }
    }

    private static string? Text(JsonElement step) => step.GetProperty("text").GetString();
}
