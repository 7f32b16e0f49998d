namespace Tillkeeper.Core.Device;

/// <summary>
/// A moment as a terminal can know it. Its wall clock plays no part: people set it, and dead batteries reset it.
/// </summary>
/// <param name="Boot">Which start of the machine; moments of two boots cannot be subtracted by <paramref name="Ms"/>.</param>
/// <param name="Ms">Milliseconds of CLOCK_BOOTTIME, which goes on while the machine sleeps.</param>
/// <param name="Trusted">Last signed server time plus what passed since; null while none was heard since this boot.</param>
public readonly record struct DeviceTime(string Boot, long Ms, DateTimeOffset? Trusted = null)
{
    /// <summary>The time that has provably passed since <paramref name="start"/>; zero when nothing proves any.</summary>
    public TimeSpan ProvenSince(DeviceTime start)
    {
        if (Boot == start.Boot)
        {
            return TimeSpan.FromMilliseconds(Math.Max(0, Ms - start.Ms));
        }
        return Trusted is { } now && start.Trusted is { } then && now > then
            ? now - then
            : TimeSpan.Zero;
    }
}

/// <summary>
/// A wait that no restart and no clock can shorten. Time counts on the monotonic clock of each boot, carried from boot to boot by
/// checkpoints, or as the difference of two signed server times; the larger of the two proofs holds.
/// </summary>
/// <param name="Start">When the wait began.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="Served">What earlier boots have served, up to their last checkpoint.</param>
/// <param name="From">From where the current boot counts.</param>
public sealed record Wait(DeviceTime Start, TimeSpan Length, TimeSpan Served, DeviceTime From)
{
    public static Wait Begin(DeviceTime now, TimeSpan length) =>
        new(now, length, TimeSpan.Zero, now);

    /// <summary>What has provably been served so far.</summary>
    public TimeSpan Elapsed(DeviceTime now)
    {
        var counted = Served + now.ProvenSince(From);
        var proven = now.ProvenSince(Start);
        return counted > proven ? counted : proven;
    }

    public TimeSpan Remaining(DeviceTime now)
    {
        var left = Length - Elapsed(now);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public bool IsOver(DeviceTime now) => Remaining(now) == TimeSpan.Zero;

    /// <summary>
    /// Books what has been served so far; called at checkpoints and at the start of a new boot. A start from before the first signed
    /// time of its boot gets its place in trusted time as soon as that is known, so that later boots can count from it.
    /// </summary>
    public Wait Checkpoint(DeviceTime now) =>
        this with
        {
            Start =
                Start.Trusted is null && Start.Boot == now.Boot && now.Trusted is { } trusted
                    ? Start with
                    {
                        Trusted = trusted - now.ProvenSince(Start),
                    }
                    : Start,
            Served = Served + now.ProvenSince(From),
            From = now,
        };
}
