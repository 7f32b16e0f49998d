using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Tests.Crisis;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Tests.Watch;

/// <summary>Who is there, what is written of it, and what is said when many go at once.</summary>
public sealed class PresenceTests
{
    private readonly FakeTime clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Heartbeats_never_reach_the_log_and_coming_and_going_does_once_each()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        for (var i = 0; i < 20; i++)
        {
            (await terminal.Heartbeat()).Expect(200);
            await RoundAsync(server);
        }
        Assert.Equal(1, ChangesIn(server));
        clock.Now += Presence.Fresh + TimeSpan.FromSeconds(1);
        await RoundAsync(server);
        await RoundAsync(server);
        Assert.Equal(2, ChangesIn(server));
        (await terminal.Heartbeat()).Expect(200);
        await RoundAsync(server);
        Assert.Equal(3, ChangesIn(server));
        RebuildTests.Compare(server, "presence");
    }

    [Fact]
    public async Task Offline_since_survives_a_restart_and_whoever_was_there_is_given_time_to_come_back()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var gone = await DoorTerminal.Enrol(server, merchant);
        (await gone.Heartbeat()).Expect(200);
        await RoundAsync(server);
        var lastSeen = clock.Now;
        clock.Now += TimeSpan.FromMinutes(10);
        using var there = await DoorTerminal.Enrol(server, merchant);
        (await there.Heartbeat()).Expect(200);
        await RoundAsync(server);

        clock.Now += TimeSpan.FromHours(1);
        await server.RestartAsync();
        await RoundAsync(server);
        var shown = (await server.Admin.Get($"/api/v1/terminals/{gone.Id}")).Expect(200).Json;
        Assert.False(shown.GetProperty("online").GetBoolean());
        Assert.Equal(
            lastSeen.ToUnixTimeMilliseconds(),
            shown.GetProperty("offlineSince").GetDateTimeOffset().ToUnixTimeMilliseconds()
        );
        Assert.Equal(3, ChangesIn(server));
        clock.Now += Presence.Fresh + TimeSpan.FromSeconds(1);
        await RoundAsync(server);
        Assert.Equal(4, ChangesIn(server));
    }

    [Fact]
    public async Task Many_of_one_part_of_the_tree_gone_within_minutes_are_one_alert_that_clears_itself()
    {
        await using var server = await RunningServer.StartAsync(clock);
        var (alpha, beta) = (await Tree.NewOrg(server, "Alpha"), await Tree.NewOrg(server, "Beta"));
        var lost = await SimFleet.Enrol(server, await Shop.NewMerchant(server, alpha), 6);
        var fine = await SimFleet.Enrol(server, await Shop.NewMerchant(server, beta), 20);
        var presence = server.Services.GetRequiredService<Presence>();
        See(lost, "203.0.113.");
        See(fine, "198.51.100.");
        await RoundAsync(server);
        clock.Now += Presence.Fresh + TimeSpan.FromSeconds(1);
        See(fine, "198.51.100.");
        await RoundAsync(server);
        await RoundAsync(server);

        var titles = await OpenAsync();
        Assert.Equal(
            [
                "6 of 6 terminals went offline: 203.0.113.0/24",
                "6 of 6 terminals went offline: Alpha",
            ],
            titles.Order(StringComparer.Ordinal)
        );
        See(lost, "203.0.113.");
        await RoundAsync(server);
        Assert.Empty(await OpenAsync());

        void See(SimFleet fleet, string network)
        {
            foreach (var (i, terminal) in fleet.Terminals.Index())
            {
                presence.Saw(terminal.Id, $"{network}{i + 1}");
            }
        }

        async Task<string[]> OpenAsync() =>
            [
                .. (await server.Admin.Get("/api/v1/alerts?kind=many_offline&state=open"))
                    .Expect(200)
                    .Json.GetProperty("items")
                    .EnumerateArray()
                    .Select(a => a.GetProperty("title").GetString()!),
            ];
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2::3", "2001:db8:1::/48")]
    [InlineData("unix socket", null)]
    public void Neighbours_share_a_network(string address, string? network) =>
        Assert.Equal(network, Presence.NetworkOfAddress(address));

    private static Task RoundAsync(RunningServer server) =>
        server.Services.GetServices<IHostedService>().OfType<PresenceRounds>().Single().Round();

    /// <summary>How often somebody came or went, by the log.</summary>
    private static long ChangesIn(RunningServer server) =>
        server
            .Services.GetRequiredService<Database>()
            .Read(c =>
                c.ExecuteScalar<long>(
                    "SELECT sum(json_array_length(CAST(data AS TEXT), '$.online') + json_array_length(CAST(data AS TEXT), '$.offline')) FROM events WHERE stream = 'presence/fleet'"
                )
            );
}
