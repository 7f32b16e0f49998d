using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Orders;

/// <summary>B4: orders on a stick are the same orders by the same door, and a hostile stick does nothing.</summary>
public sealed class CarriedOrdersTests : IDisposable
{
    private const string A = "A0A0A0A0A0";
    private readonly string stick = Directory.CreateTempSubdirectory("tillkeeper-stick-").FullName;

    [Fact]
    public async Task A_stick_locks_and_releases_and_left_in_it_does_nothing_twice()
    {
        await using var terminal = await StartAsync();
        Put("1.json", terminal.Server.Next(o => o.Locking(A)));
        await LookAsync(terminal);
        Assert.False(await terminal.AllowsAsync());

        Put("2.orders", terminal.Server.Next(o => o.Releasing(A), ahead: 1));
        await LookAsync(terminal);
        Assert.True(await terminal.AllowsAsync());
        var seq = terminal.Till.Journal!.LastSeq;
        await LookAsync(terminal);
        // A copy under another name is a replay.
        File.Copy(Path.Combine(stick, "1.json"), Path.Combine(stick, "3.json"));
        await LookAsync(terminal);
        Assert.True(await terminal.AllowsAsync());
        Assert.Equal(seq, terminal.Till.Journal.LastSeq);
    }

    [Fact]
    public async Task A_hostile_stick_changes_nothing_and_hides_no_genuine_file()
    {
        await using var terminal = await StartAsync();
        await using var stranger = await TestServer.StartAsync();
        var elsewhere = Path.Combine(terminal.Folder, "elsewhere.json");
        await File.WriteAllTextAsync(
            elsewhere,
            Parcel(terminal.Server.Next(o => o.Locking("B0B0B0B0B0")))
        );
        File.CreateSymbolicLink(Path.Combine(stick, "0-link.json"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(stick, "0-null.json"), "/dev/zero");
        Directory.CreateDirectory(Path.Combine(stick, "0-folder.json"));
        using (var huge = File.Create(Path.Combine(stick, "0-huge.json")))
        {
            huge.SetLength(CarriedOrders.MostBytes + 1);
        }
        await File.WriteAllTextAsync(Path.Combine(stick, "0-deep.json"), new string('[', 100_000));
        await File.WriteAllTextAsync(
            Path.Combine(stick, "0-none.json"),
            """{"orders":[1,null,{}]}"""
        );
        await File.WriteAllTextAsync(
            Path.Combine(stick, "0-half.json"),
            """{"orders":["\ud800"]}"""
        );
        await File.WriteAllBytesAsync(Path.Combine(stick, "0-noise.orders"), [0xff, 0, 1]);
        Put("1-stranger.json", stranger.Next(o => o.Locking(A)));
        Put(
            "2-foreign.json",
            terminal.Server.Next(o => o.Locking(A) with { Terminal = "X0X0X0X0X0" })
        );

        await LookAsync(terminal);
        Assert.True(await terminal.AllowsAsync());
        Assert.Empty(await terminal.LocksAsync());

        Put("9-genuine.json", terminal.Server.Next(o => o.Locking(A)));
        await LookAsync(terminal);
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_stick_that_is_pulled_is_no_fault()
    {
        await using var terminal = await StartAsync();
        Directory.Delete(stick, recursive: true);
        await LookAsync(terminal);
        Assert.True(await terminal.AllowsAsync());
    }

    public void Dispose()
    {
        if (Directory.Exists(stick))
        {
            Directory.Delete(stick, recursive: true);
        }
    }

    private Task<TestTerminal> StartAsync() => TestTerminal.StartAsync();

    private Task LookAsync(TestTerminal terminal) =>
        terminal
            .Services.GetRequiredService<CarriedOrders>()
            .LookAsync(stick, TestContext.Current.CancellationToken);

    private void Put(string name, params string[] orders) =>
        File.WriteAllText(Path.Combine(stick, name), Parcel(orders));

    private static string Parcel(params string[] orders) =>
        JsonSerializer.Serialize(new { orders });
}
