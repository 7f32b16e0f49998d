using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Sensors.Hardware;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Tests.Sensors.Hardware;

/// <summary>What the built-in probes make of a machine: in order, and with one thing wrong.</summary>
public sealed class BuiltInProbeTests : IDisposable
{
    private readonly MachineTree tree = MachineTree.Healthy();

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData("input", "keypad", null)]
    [InlineData("input", "0001:0042", null)]
    [InlineData("usb", "1A86:7523", null)]
    [InlineData("usb", "1-1.2", null)]
    [InlineData("serial", "/dev/ttyUSB0", null)]
    [InlineData("power", null, 10.0)]
    [InlineData("power", "BAT0", null)]
    [InlineData("power", "Mains", null)]
    [InlineData("storage", "mmcblk0", null)]
    [InlineData("storage", "mmcblk0p3", null)]
    [InlineData("space", "/proc", 1.0)]
    [InlineData("memory", null, 32.0)]
    [InlineData("clock", null, null)]
    [InlineData("printer", "lp0", null)]
    [InlineData("printer", "0fe6:811e", null)]
    [InlineData("printer", "/var/run/printer", null)]
    public async Task Everything_is_in_order(string probe, string? match, double? least) =>
        Assert.Equal((PartStatus.Ok, null), await Read(probe, match, least));

    [Theory]
    [InlineData("input", "keypad", "sys/class/input/input3", PartStatus.Absent)]
    [InlineData("input", "keypad", "sys/class/input", PartStatus.Unknown)]
    [InlineData("usb", "1a86:7523", "sys/bus/usb/devices/1-1.2", PartStatus.Absent)]
    [InlineData("usb", "1a86:7523", "sys/bus/usb/devices", PartStatus.Unknown)]
    [InlineData("serial", "/dev/ttyUSB0", "dev/ttyUSB0", PartStatus.Absent)]
    [InlineData("serial", "/dev/ttyUSB0", "dev", PartStatus.Unknown)]
    [InlineData("power", "BAT0", "sys/class/power_supply/BAT0", PartStatus.Absent)]
    [InlineData("power", "BAT0", "sys/class/power_supply/BAT0/capacity", PartStatus.Ok)]
    [InlineData("power", "BAT0", "sys/class/power_supply", PartStatus.Unknown)]
    [InlineData("storage", "mmcblk0", "sys/class/block/mmcblk0", PartStatus.Absent)]
    [InlineData("storage", "mmcblk0", "sys/class/block", PartStatus.Unknown)]
    [InlineData("memory", null, "proc/meminfo", PartStatus.Unknown)]
    [InlineData("clock", null, "sys/class/rtc/rtc0", PartStatus.Absent)]
    [InlineData("clock", null, "sys/class/rtc/rtc0/since_epoch", PartStatus.Unknown)]
    [InlineData("clock", null, "sys/class/rtc", PartStatus.Unknown)]
    [InlineData("printer", "lp0", "sys/class/usbmisc/lp0", PartStatus.Absent)]
    [InlineData("printer", "/var/run/printer", "var/run/printer", PartStatus.Absent)]
    public async Task Something_is_taken_away(
        string probe,
        string? match,
        string gone,
        PartStatus expected
    )
    {
        tree.Remove(gone);
        Assert.Equal(expected, (await Read(probe, match)).Status);
    }

    [Theory]
    [InlineData("power", "BAT0", "sys/class/power_supply/BAT0/present", "0", PartStatus.Absent)]
    [InlineData(
        "power",
        "BAT0",
        "sys/class/power_supply/BAT0/health",
        "Overheat",
        PartStatus.Failed
    )]
    [InlineData("power", "BAT0", "sys/class/power_supply/BAT0/health", "Dead", PartStatus.Failed)]
    [InlineData("power", "BAT0", "sys/class/power_supply/BAT0/health", "Cold", PartStatus.Degraded)]
    [InlineData("power", "BAT0", "sys/class/power_supply/BAT0/capacity", "4", PartStatus.Failed)]
    [InlineData("power", "AC", "sys/class/power_supply/AC/online", "0", PartStatus.Failed)]
    [InlineData("storage", "mmcblk0", "sys/class/block/mmcblk0/ro", "1", PartStatus.Failed)]
    [InlineData(
        "storage",
        "mmcblk0",
        "sys/class/block/mmcblk0/device/ioerr_cnt",
        "0x3",
        PartStatus.Degraded
    )]
    [InlineData(
        "storage",
        "mmcblk0",
        "sys/class/block/mmcblk0/device/pre_eol_info",
        "0x03",
        PartStatus.Degraded
    )]
    [InlineData(
        "storage",
        "mmcblk0",
        "sys/fs/ext4/mmcblk0p3/errors_count",
        "12",
        PartStatus.Degraded
    )]
    [InlineData(
        "storage",
        "mmcblk0p3",
        "proc/mounts",
        "/dev/mmcblk0p3 /data ext4 ro,noatime 0 0",
        PartStatus.Failed
    )]
    [InlineData("memory", null, "proc/meminfo", "MemAvailable:    9000 kB", PartStatus.Failed)]
    [InlineData("memory", null, "proc/meminfo", "MemAvailable: a lot", PartStatus.Unknown)]
    [InlineData("clock", null, "sys/class/rtc/rtc0/since_epoch", "86400", PartStatus.Degraded)]
    [InlineData("clock", null, "sys/class/rtc/rtc0/since_epoch", "1772359200", PartStatus.Degraded)]
    [InlineData("printer", "/var/run/printer", "var/run/printer", "paper_out", PartStatus.Failed)]
    [InlineData("printer", "/var/run/printer", "var/run/printer", "paper_low", PartStatus.Degraded)]
    public async Task Something_is_wrong(
        string probe,
        string? match,
        string file,
        string text,
        PartStatus expected
    )
    {
        tree.Write(file, text);
        Assert.Equal(expected, (await Read(probe, match, probe == "power" ? 10 : null)).Status);
    }

    [Fact]
    public async Task A_battery_that_is_nearly_empty_and_charged_is_in_order()
    {
        tree.Write("sys/class/power_supply/BAT0/capacity", "4");
        tree.Write("sys/class/power_supply/BAT0/status", "Charging");
        Assert.Equal((PartStatus.Ok, null), await Read("power", "BAT0", 10));
    }

    [Fact]
    public async Task A_disk_that_is_full_has_failed() =>
        Assert.Equal(PartStatus.Failed, (await Read("space", "/proc", 1e12)).Status);

    [Fact]
    public async Task What_a_battery_measures_is_told()
    {
        var reading = await Probes()
            .ReadAsync(new PartProfile("battery", "power", "BAT0"), CancellationToken.None);
        Assert.Equal(
            "capacity_percent=87 temperature_c=31.4 voltage_v=3.87",
            string.Join(
                ' ',
                reading!.Measures!.Select(m =>
                    string.Create(CultureInfo.InvariantCulture, $"{m.Key}={m.Value}")
                )
            )
        );
    }

    [Fact]
    public async Task A_link_to_a_port_that_is_gone_is_no_port()
    {
        Directory.CreateDirectory(Path.Combine(tree.Root, "dev", "serial"));
        File.CreateSymbolicLink(Path.Combine(tree.Root, "dev", "serial", "pin-pad"), "../ttyUSB0");
        Assert.Equal(PartStatus.Ok, (await Read("serial", "/dev/serial/pin-pad")).Status);
        tree.Remove("dev/ttyUSB0");
        Assert.Equal(PartStatus.Absent, (await Read("serial", "/dev/serial/pin-pad")).Status);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_says_nothing()
    {
        tree.Remove("proc/meminfo");
        // A folder where a file should be: opening it fails as reading from a broken device does.
        Directory.CreateDirectory(Path.Combine(tree.Root, "proc", "meminfo"));
        Assert.Equal((PartStatus.Unknown, "it cannot be read"), await Read("memory", null));
    }

    [Fact]
    public async Task A_device_that_hangs_says_nothing_and_is_asked_no_further()
    {
        tree.Remove("proc/meminfo");
        using var mkfifo = System.Diagnostics.Process.Start(
            "mkfifo",
            Path.Combine(tree.Root, "proc", "meminfo")
        );
        await mkfifo.WaitForExitAsync();
        var probes = Probes();
        var part = new PartProfile("memory", "memory");
        var first = await probes.ReadAsync(part, CancellationToken.None);
        var second = await probes.ReadAsync(part, CancellationToken.None);
        Assert.Equal("the device does not answer", first!.Detail);
        Assert.Equal("the device still does not answer", second!.Detail);
        await File.WriteAllTextAsync(
            Path.Combine(tree.Root, "proc", "meminfo"),
            "MemAvailable: 204800 kB\n"
        );
    }

    private async Task<(PartStatus Status, string? Detail)> Read(
        string probe,
        string? match,
        double? least = null
    )
    {
        var reading = await Probes()
            .ReadAsync(new PartProfile("part", probe, match, Least: least), CancellationToken.None);
        return (reading!.Status, reading.Detail);
    }

    private Probes Probes()
    {
        var options = new AgentOptions(
            "unused",
            new Uri("https://localhost"),
            "unused",
            null,
            new IPEndPoint(IPAddress.Loopback, 0),
            Sysfs: tree.Root
        );
        var clock = new DeviceClock(new TestClock());
        clock.Learn(DateTimeOffset.FromUnixTimeSeconds(1_772_352_000));
        return new Probes(
            new SysTree(options),
            new CommandProbe(options),
            clock,
            NullLogger<Probes>.Instance
        );
    }
}
