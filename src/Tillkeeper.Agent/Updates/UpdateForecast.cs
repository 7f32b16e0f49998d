using System.Globalization;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Agent.Updates;

/// <summary>
/// Keeps what the lock says true while an update runs: how far it is, and a new expected end when the old one is missed, told to the shop
/// and to the server alike (B6).
/// </summary>
internal sealed class UpdateForecast(Till till, DeviceClock clock)
{
    private const int LeastStep = 10;
    private const int AlmostDone = 95;
    private const int LongestText = 16;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>Looks once a second until the work is done.</summary>
    public async Task WatchAsync(Slots slots, CancellationToken done)
    {
        using var timer = new PeriodicTimer(Between);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                await LookAsync(slots);
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    internal async Task LookAsync(Slots slots)
    {
        var (state, now) = (till.State, clock.Now);
        if (
            state.Update is not { LockId: { } id, LockedAt: { } since } update
            || state.Locks.GetValueOrDefault(id)?.Lock is not { ExpectedEnd: { } end } shown
        )
        {
            return;
        }
        var passed = now.Clock.ProvenSince(since);
        var progress = Told(slots) ?? Guessed(passed, update.Ordered.Estimate);
        var late = now.Shown >= end;
        if (late || progress - (shown.Progress ?? 0) >= LeastStep)
        {
            await till.AskAsync(
                new ReviseLock(id, late ? now.Shown + Estimates.Beyond(passed) : end, progress)
            );
        }
    }

    /// <summary>What the installer wrote, when it wrote a number.</summary>
    private static int? Told(Slots slots)
    {
        try
        {
            using var file = File.OpenText(slots.Progress);
            var text = new char[LongestText];
            var read = file.Read(text);
            return
                int.TryParse(
                    text.AsSpan(0, read).Trim(),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var percent
                )
                && percent <= 100
                ? percent
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Guessed(TimeSpan passed, TimeSpan estimate) =>
        (int)Math.Min(AlmostDone, 100 * passed / estimate);
}
