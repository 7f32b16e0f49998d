using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Rules.Anomalies;

namespace Tillkeeper.Core.Rules.CustomerPins;

/// <summary>
/// Many wrong PINs over several cards look like somebody who tries out stolen cards (C2). The end of a transaction and what it leads to are
/// one decision, like the anomalies of trading. Staff and their passcodes have nothing to do with it.
/// </summary>
internal static class CustomerPinDecisions
{
    private const RuleName Rule = RuleName.CustomerPin;

    /// <summary>A transaction ends, and every rule that looks at transactions has its say.</summary>
    public static Decision<IDeviceEvent> EndSale(DeviceState state, EndSale command, DeviceNow now)
    {
        var events = AnomalyDecisions.EndSale(state, command, now).Events;
        var folded = events.Aggregate(state, DeviceFold.Apply);
        return new Decision<IDeviceEvent>([.. events, .. Judge(folded, now, finds: true)]);
    }

    /// <summary>An episode that is over, seen as time passes.</summary>
    public static IEnumerable<IDeviceEvent> AsTimePasses(DeviceState state, DeviceNow now) =>
        state.Findings.ContainsKey(Finding.KeyOf(Rule, null))
            ? Judge(state, now, finds: false)
            : [];

    private static ImmutableArray<IDeviceEvent> Judge(DeviceState state, DeviceNow now, bool finds)
    {
        var rule = state.Policy.CustomerPin;
        var (wrong, cards) = state.WrongPins.Count(now.Clock);
        var found = wrong >= rule.WrongPins && cards >= rule.Cards;
        var off = RuleTable.Effect(Rule, state.Policy) is null;
        if (!off && !found && wrong > rule.WrongPins / 2)
        {
            // Neither the one nor the other: what stands goes on standing.
            return [];
        }
        if (off || !found)
        {
            return DeviceDecisions.Decide(state, new Clear(Rule), now).Events;
        }
        return finds
            ? DeviceDecisions
                .Decide(
                    state,
                    new Find(
                        Rule,
                        new Locks.Evidence(Facts: Facts(wrong, cards, rule.Window)),
                        AnomalyDecisions.LockId(state, Rule, now.Clock),
                        LockFor: rule.LockFor
                    ),
                    now
                )
                .Events
            : [];
    }

    private static ImmutableSortedDictionary<string, string> Facts(
        int wrong,
        int cards,
        TimeSpan window
    ) =>
        ImmutableSortedDictionary
            .Create<string, string>(StringComparer.Ordinal)
            .Add("wrongPins", Whole(wrong))
            .Add("cards", Whole(cards))
            .Add("minutes", Whole((int)Math.Ceiling(window.TotalMinutes)));

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
