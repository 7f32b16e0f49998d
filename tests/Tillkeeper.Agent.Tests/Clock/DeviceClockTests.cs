using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Clock;

public sealed class DeviceClockTests
{
    private static readonly DateTimeOffset Signed = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_signed_time_nothing_is_trusted_and_the_wall_clock_is_shown()
    {
        var machine = new TestClock();
        var clock = new DeviceClock(machine);

        Assert.Null(clock.Now.Clock.Trusted);
        Assert.Equal(machine.Wall, clock.Now.Shown);
    }

    [Fact]
    public void Trusted_time_goes_on_by_the_boot_clock()
    {
        var machine = new TestClock();
        var clock = new DeviceClock(machine);
        clock.Learn(Signed);

        machine.Wall = DateTimeOffset.UnixEpoch;
        machine.Advance(TimeSpan.FromHours(5));

        Assert.Equal(Signed.AddHours(5), clock.Trusted);
        Assert.Equal(Signed.AddHours(5), clock.Now.Shown);
    }

    [Fact]
    public void It_never_goes_back_and_follows_forward()
    {
        var machine = new TestClock();
        var clock = new DeviceClock(machine);
        clock.Learn(Signed);

        clock.Learn(Signed.AddMinutes(-10));
        var kept = clock.Trusted;
        clock.Learn(Signed.AddMinutes(10));

        Assert.Equal(Signed, kept);
        Assert.Equal(Signed.AddMinutes(10), clock.Trusted);
    }

    [Fact]
    public void The_machines_clock_counts_from_its_boot()
    {
        var clock = new LinuxClock();

        var (first, second) = (clock.BootMs, clock.BootMs);

        Assert.InRange(first, 1, second);
        Assert.True(Guid.TryParse(clock.Boot, out _));
    }
}
