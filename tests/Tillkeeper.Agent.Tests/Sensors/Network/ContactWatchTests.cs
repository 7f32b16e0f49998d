using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Agent.Tests.Sensors.Network;

/// <summary>C5: a till that its provider cannot reach.</summary>
public sealed class ContactWatchTests
{
    [Fact]
    public async Task Days_without_the_server_warn_whatever_the_wall_clock_says_and_contact_ends_it()
    {
        await using var server = await TestServer.StartAsync();
        await using var terminal = await TestTerminal.StartAsync(server);
        var watch = terminal.Services.GetRequiredService<ContactWatch>();
        // This clock stands still unless it is told to move: a contact after the start is one at a later moment.
        terminal.Clock.Advance(TimeSpan.FromSeconds(1));
        server.CutStreams();
        await Eventually.TrueAsync(
            async () =>
            {
                await watch.LookAsync();
                return terminal.Till.State.Silence is null;
            },
            "it is in touch"
        );

        server.Offline = true;
        server.CutStreams();
        terminal.Clock.Wall = terminal.Clock.Wall.AddYears(10);
        await watch.LookAsync();
        Assert.Empty(terminal.Till.State.Findings);

        await Eventually.TrueAsync(
            async () =>
            {
                // An answer that was on its way when the server went may come after the days have passed: then they pass again.
                terminal.Clock.Advance(TimeSpan.FromDays(4));
                await watch.LookAsync();
                await watch.LookAsync();
                return !terminal.Till.State.Findings.IsEmpty;
            },
            "days without the server are found"
        );
        var found = Assert.Single(terminal.Till.State.Findings).Value;
        Assert.Equal((RuleName.OfflineTooLong, FindingEffect.Warning), (found.Rule, found.Effect));
        Assert.Contains(
            "The provider has not been reached for days",
            (await terminal.GetAsync("status?lang=en")).Body.GetRawText(),
            StringComparison.Ordinal
        );

        server.Offline = false;
        await Eventually.TrueAsync(
            async () =>
            {
                await watch.LookAsync();
                return terminal.Till.State.Findings.IsEmpty;
            },
            "contact ends the warning"
        );
    }
}
