using Tillkeeper.Core.Device;

namespace Tillkeeper.Core.Campaigns;

/// <summary>What may keep a downloaded update from being installed.</summary>
/// <param name="InTransaction">The payment program has a transaction open.</param>
/// <param name="Unsettled">Sales since the last batch that was closed.</param>
/// <param name="Zone">The zone of the window, where it has one.</param>
/// <param name="OverUnsettledAfter">How long after it is forced an unsettled batch no longer keeps it; zero: it always does.</param>
/// <param name="Asked">Somebody at the till asked for it now.</param>
public readonly record struct UpdateHindrance(
    bool InTransaction,
    long Unsettled,
    TimeZoneInfo? Zone,
    TimeSpan OverUnsettledAfter = default,
    bool Asked = false
);

/// <summary>May it begin now? Never during a transaction; soft until it is forced; the batch settled first.</summary>
public static class UpdateGate
{
    public const string Time = "time";
    public const string Window = "window";
    public const string Batch = "batch";
    public const string Transaction = "transaction";

    /// <summary>What keeps it, the longest-lasting first; null when nothing does.</summary>
    public static string? Keeps(OrderedUpdate update, UpdateHindrance h, DeviceNow now)
    {
        // The wall clock of a terminal plays no part: people set it.
        var trusted = now.Clock.Trusted;
        var forced = update.ForcedAt is { } from && trusted >= from;
        if (update.Window is { } window && !forced && !h.Asked)
        {
            if (trusted is not { } time || h.Zone is not { } zone)
            {
                return Time;
            }
            if (!window.IsOpen(time, zone))
            {
                return Window;
            }
        }
        var overBatch =
            h.OverUnsettledAfter > TimeSpan.Zero
            && forced
            && trusted >= update.ForcedAt + h.OverUnsettledAfter;
        if (h.Unsettled > 0 && !overBatch)
        {
            return Batch;
        }
        return h.InTransaction ? Transaction : null;
    }
}
