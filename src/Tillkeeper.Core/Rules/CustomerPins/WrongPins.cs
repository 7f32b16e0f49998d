using System.Collections.Immutable;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Rules.CustomerPins;

/// <summary>A wrong PIN at one card, for as long as it counts.</summary>
/// <param name="Card">A keyed hash; null for all cards that the payment program did not tell apart.</param>
public sealed record WrongPin(Wait Window, string? Card);

/// <summary>
/// The wrong PINs of customers lately (C2). However often one card's PIN is wrong, it counts no more than its share of what makes a
/// finding: people forget, and an attack is many cards.
/// </summary>
public sealed record WrongPins
{
    public static WrongPins None { get; } = new();

    /// <summary>Oldest first; at most each card's share, and twice what makes a finding.</summary>
    public ImmutableList<WrongPin> Recent { get; init; } = [];

    /// <summary>A transaction has ended.</summary>
    internal WrongPins After(SaleEnded e, CustomerPinRule rule)
    {
        var recent = Checkpoint(e.Clock).Recent;
        if (e.Outcome is SaleOutcome.WrongPin or SaleOutcome.PinTriesExceeded)
        {
            if (recent.Count(w => w.Card == e.Card) >= ShareOf(rule))
            {
                recent = recent.RemoveAt(recent.FindIndex(w => w.Card == e.Card));
            }
            if (recent.Count >= 2 * rule.WrongPins)
            {
                recent = recent.RemoveAt(0);
            }
            recent = recent.Add(new WrongPin(Wait.Begin(e.Clock, rule.Window), e.Card));
        }
        return new WrongPins { Recent = recent };
    }

    /// <summary>Books what has been served, and forgets what no longer counts.</summary>
    internal WrongPins Checkpoint(DeviceTime now) =>
        Recent.IsEmpty
            ? this
            : new WrongPins
            {
                Recent = Recent
                    .RemoveAll(w => w.Window.IsOver(now))
                    .ConvertAll(w => w with { Window = w.Window.Checkpoint(now) }),
            };

    /// <summary>How many there are and at how many cards.</summary>
    internal (int WrongPins, int Cards) Count(DeviceTime now)
    {
        var counted = Recent.Where(w => !w.Window.IsOver(now)).ToList();
        return (counted.Count, counted.Select(w => w.Card).Distinct().Count());
    }

    /// <summary>So many of one card count that the least number of cards can just make a finding.</summary>
    private static int ShareOf(CustomerPinRule rule) =>
        (rule.WrongPins + rule.Cards - 1) / rule.Cards;
}
