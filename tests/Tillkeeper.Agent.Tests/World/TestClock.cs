using Tillkeeper.Agent.Clock;

namespace Tillkeeper.Agent.Tests.World;

/// <summary>A clock that moves when told.</summary>
internal sealed class TestClock : IMachineClock
{
    private long ms = 1_000_000;

    public string Boot { get; set; } = "boot-1";

    public long BootMs => Interlocked.Read(ref ms);

    public DateTimeOffset Wall { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ms, (long)by.TotalMilliseconds);

    /// <summary>The machine starts again: time since boot begins anew.</summary>
    public void Reboot(string boot)
    {
        Boot = boot;
        Interlocked.Exchange(ref ms, 5_000);
    }
}
