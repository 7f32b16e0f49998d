using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Clock;

/// <summary>
/// The terminal's idea of now: monotonic time decides, trusted time is the last signed server time plus what passed since, the wall
/// clock is only ever shown.
/// </summary>
internal sealed class DeviceClock(IMachineClock machine)
{
    private readonly System.Threading.Lock gate = new();
    private (DateTimeOffset Signed, long At)? anchor;

    public long Ms => machine.BootMs;

    public DeviceNow Now
    {
        get
        {
            lock (gate)
            {
                var ms = machine.BootMs;
                var trusted = TrustedAt(ms);
                return new DeviceNow(
                    new DeviceTime(machine.Boot, ms, trusted),
                    trusted ?? machine.Wall
                );
            }
        }
    }

    /// <summary>The time of day that somebody with a key vouches for; null while none was heard since the start.</summary>
    public DateTimeOffset? Trusted => Now.Clock.Trusted;

    /// <summary>
    /// Takes a time that the server signed for a nonce of ours. It was signed before it arrived, so it is never ahead; and it never
    /// takes trusted time back.
    /// </summary>
    public void Learn(DateTimeOffset signed)
    {
        lock (gate)
        {
            var ms = machine.BootMs;
            if (TrustedAt(ms) is not { } known || signed > known)
            {
                anchor = (signed, ms);
            }
        }
    }

    private DateTimeOffset? TrustedAt(long ms) =>
        anchor is var (signed, at) ? signed + TimeSpan.FromMilliseconds(ms - at) : null;
}
