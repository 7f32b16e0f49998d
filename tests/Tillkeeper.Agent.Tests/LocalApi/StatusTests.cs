using System.Net;
using System.Text.Json;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Tests.LocalApi;

public sealed class StatusTests
{
    [Fact]
    public async Task A_lock_has_the_contracts_shape_and_speaks_the_language_asked_for()
    {
        await using var terminal = await TestTerminal.StartAsync();
        terminal.Server.Send(o => o.Locking("A0A0A0A0A0"));
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 1, "it is locked");

        var shown = (await terminal.LocksAsync())[0];
        var chinese = (await terminal.GetAsync("status?lang=zh-CN")).Locks[0];

        Assert.Equal("E09", shown.GetProperty("code").GetString());
        Assert.Equal("remote", shown.GetProperty("cause").GetString());
        Assert.Equal("high", shown.GetProperty("severity").GetString());
        Assert.Equal("terminal", shown.GetProperty("subject").GetProperty("kind").GetString());
        Assert.Equal("server", shown.GetProperty("owner").GetString());
        Assert.Equal(
            ["offline_code", "provider_release"],
            shown.GetProperty("waysOut").EnumerateArray().Select(w => w.GetString())
        );
        Assert.Contains("E09", shown.GetProperty("message").GetString(), StringComparison.Ordinal);
        var explanation = shown.GetProperty("explanation");
        Assert.All(
            new[] { "title", "stillWorks", "next", "warning" },
            part => Assert.NotEqual("", explanation.GetProperty(part).GetString())
        );
        Assert.NotEqual(
            explanation.GetProperty("title").GetString(),
            chinese.GetProperty("explanation").GetProperty("title").GetString()
        );
    }

    [Fact]
    public async Task The_gravest_lock_comes_first_everywhere()
    {
        await using var terminal = await TestTerminal.StartAsync();
        terminal.Server.Send(o => o.Locking("A0A0A0A0A0", Cause.Maintenance));
        terminal.Server.Send(o => o.Locking("B0B0B0B0B0", Cause.Tamper));
        terminal.Server.Send(o => o.Locking("C0C0C0C0C0"));
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 3, "it is locked");

        string?[] gravestFirst = ["tamper", "remote", "maintenance"];
        Assert.Equal(gravestFirst, Causes(await terminal.LocksAsync()));
        var verdict = await terminal.GetAsync("verdict?capability=card_payment");
        Assert.Equal(gravestFirst, Causes(verdict.Locks));
    }

    [Fact]
    public async Task What_is_shown_before_the_set_up_says_so()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var status = (await terminal.GetAsync("status")).Body;

        Assert.Equal(TestServer.Terminal, status.GetProperty("terminalId").GetString());
        Assert.False(status.GetProperty("setUp").GetBoolean());
        Assert.False(status.GetProperty("inTransaction").GetBoolean());
        Assert.Equal("400-000-0000", status.GetProperty("supportPhone").GetString());
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task What_does_not_exist_or_cannot_be_read_is_a_problem_with_a_code()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var nowhere = await terminal.GetAsync("nowhere");
        var noJson = await terminal.PostAsync("transactions", "{");
        var noObject = await terminal.PostAsync("sign-in", "[1]");

        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (nowhere.Status, nowhere.Code));
        Assert.Equal((HttpStatusCode.BadRequest, "malformed_json"), (noJson.Status, noJson.Code));
        Assert.Equal(HttpStatusCode.BadRequest, noObject.Status);
    }

    private static IEnumerable<string?> Causes(IEnumerable<JsonElement> locks) =>
        locks.Select(l => l.GetProperty("cause").GetString());
}
