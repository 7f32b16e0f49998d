using System.Collections.Immutable;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Rules.Anomalies;

/// <summary>One sale or refund, for as long as it counts.</summary>
public sealed record Counted(Wait Window, long? AmountMinor);

/// <summary>Sales in hours when the shop is closed. <paramref name="Left"/>: how long these hours still last.</summary>
public sealed record NightSales(Wait Left, int Sales);

/// <summary>
/// What this terminal did lately, as far back as the anomaly rules look. An entry counts until its window has provably passed: no clock
/// shortens it, a power cut at most lengthens it. Each list holds no more than what makes a finding.
/// </summary>
public sealed record RecentDoings
{
    public static RecentDoings None { get; } = new();

    /// <summary>Payments taken, oldest first.</summary>
    public ImmutableList<Counted> Sales { get; init; } = [];
    public ImmutableList<Counted> Refunds { get; init; } = [];
    public NightSales? Night { get; init; }

    /// <summary>Starts of the machine, oldest first. A restart of the program alone is none.</summary>
    public ImmutableList<Wait> Boots { get; init; } = [];

    /// <summary>Which start of the machine the last event was of; null before the first.</summary>
    public string? Boot { get; init; }

    internal IEnumerable<Wait> Waits =>
        Sales
            .Concat(Refunds)
            .Select(s => s.Window)
            .Concat(Boots)
            .Concat(Night is { } night ? [night.Left] : []);

    /// <summary>A transaction has ended. Its moment also books what the earlier ones have served.</summary>
    internal RecentDoings After(SaleEnded e, Policy policy)
    {
        var booked = Checkpoint(e.Clock);
        // A payment program that does not say how a transaction ended still made one.
        if (e.Outcome is not (SaleOutcome.Approved or SaleOutcome.Unknown))
        {
            return booked;
        }
        return e.Capability switch
        {
            Capability.CardPayment or Capability.PinEntry or Capability.QrPayment => booked with
            {
                Sales = Add(
                    booked.Sales,
                    new Counted(Wait.Begin(e.Clock, policy.Velocity.Window), e.AmountMinor),
                    policy.Velocity.Sales
                ),
                Night = e.ClosedFor is { } left
                    ? AtNight(booked.Night, e.Clock, left)
                    : booked.Night,
            },
            Capability.Refund => booked with
            {
                Refunds = Add(
                    booked.Refunds,
                    new Counted(Wait.Begin(e.Clock, policy.RefundBurst.Window), e.AmountMinor),
                    policy.RefundBurst.Refunds
                ),
            },
            _ => booked,
        };
    }

    /// <summary>The program has started: a start of the machine as well when its boot is another one than before.</summary>
    internal RecentDoings After(DeviceStarted e, RebootsRule rule) =>
        (
            Boot is null || Boot == e.Clock.Boot
                ? this
                : this with
                {
                    Boots = Add(Boots, Wait.Begin(e.Clock, rule.Window), rule.Starts),
                }
        ) with
        {
            Boot = e.Clock.Boot,
        };

    /// <summary>Books what has been served, and forgets what no longer counts.</summary>
    internal RecentDoings Checkpoint(DeviceTime now) =>
        this with
        {
            Sales = Served(Sales, now),
            Refunds = Served(Refunds, now),
            Boots = Boots.RemoveAll(b => b.IsOver(now)).ConvertAll(b => b.Checkpoint(now)),
            Night =
                Night is { } night && !night.Left.IsOver(now)
                    ? night with
                    {
                        Left = night.Left.Checkpoint(now),
                    }
                    : null,
        };

    private static NightSales AtNight(NightSales? night, DeviceTime now, TimeSpan left) =>
        night is null
            ? new NightSales(Wait.Begin(now, left), 1)
            : night with
            {
                Sales = night.Sales + 1,
            };

    private static ImmutableList<Counted> Served(ImmutableList<Counted> counted, DeviceTime now) =>
        counted
            .RemoveAll(c => c.Window.IsOver(now))
            .ConvertAll(c => c with { Window = c.Window.Checkpoint(now) });

    private static ImmutableList<T> Add<T>(ImmutableList<T> list, T item, int most) =>
        (list.Count >= most ? list.RemoveRange(0, list.Count - most + 1) : list).Add(item);
}
