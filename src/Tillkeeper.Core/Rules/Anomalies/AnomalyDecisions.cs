using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules.Anomalies;

/// <summary>
/// Anomalies judged at the terminal (C7). A sale and what the rules make of it are one decision, so that no power cut comes between them;
/// a lock begins after the sale that led to it, never during it.
/// </summary>
internal static class AnomalyDecisions
{
    /// <summary>How long a machine that has just started may wait for the signed time before its starts are judged without.</summary>
    private static readonly TimeSpan SettlesIn = TimeSpan.FromMinutes(2);

    /// <summary>A transaction ends, and is judged together with those before it.</summary>
    public static Decision<IDeviceEvent> EndSale(DeviceState state, EndSale command, DeviceNow now)
    {
        List<IDeviceEvent> events = [];
        var folded = Add(
            events,
            state,
            new SaleEnded(
                command.Capability,
                command.Outcome,
                now.Clock,
                now.Shown,
                command.AmountMinor,
                command.Card,
                ClosedFor(state, command.LocalTime)
            )
        );
        foreach (
            var rule in (RuleName[])[RuleName.NightTrading, RuleName.Velocity, RuleName.RefundBurst]
        )
        {
            folded = Judge(events, folded, rule, now);
        }
        return events;
    }

    /// <summary>What the passing of time alone makes of it: episodes that are over, and starts that can be judged now.</summary>
    public static IEnumerable<IDeviceEvent> AsTimePasses(DeviceState state, DeviceNow now)
    {
        List<IDeviceEvent> events = [];
        var folded = state;
        foreach (var rule in Judgements.Rules)
        {
            var stands = folded.Findings.ContainsKey(Finding.KeyOf(rule, null));
            if (stands || (rule == RuleName.Reboots && HasSettled(folded, now.Clock)))
            {
                folded = Judge(events, folded, rule, now, finds: rule == RuleName.Reboots);
            }
        }
        return events;
    }

    private static DeviceState Judge(
        List<IDeviceEvent> events,
        DeviceState state,
        RuleName rule,
        DeviceNow now,
        bool finds = true
    )
    {
        var judged = Judgements.Of(rule, state.Recent, state.Policy, now.Clock);
        IDeviceCommand? command = judged switch
        {
            { Found: true } when finds => new Find(
                rule,
                new Evidence(Facts: judged.Facts),
                LockId(state, rule, now.Clock)
            ),
            { Over: true } => new Clear(rule),
            _ when RuleTable.Effect(rule, state.Policy) is null => new Clear(rule),
            _ => null,
        };
        return command is null
            ? state
            : DeviceDecisions
                .Decide(state, command, now)
                .Events.Aggregate(state, (s, e) => Add(events, s, e));
    }

    private static DeviceState Add(
        List<IDeviceEvent> events,
        DeviceState state,
        IDeviceEvent happened
    )
    {
        events.Add(happened);
        return DeviceFold.Apply(state, happened);
    }

    /// <summary>
    /// Right after a start only what earlier boots have booked is proven, so that days between two starts would count as nothing. With the
    /// signed time, or after a while, the judgement is fair.
    /// </summary>
    private static bool HasSettled(DeviceState state, DeviceTime now) =>
        state.Recent.Boots is [.., var last]
        && (now.Trusted is not null || now.ProvenSince(last.Start) >= SettlesIn);

    /// <summary>How long the shop is still closed; null when it is open, or nobody vouches for the time of day.</summary>
    private static TimeSpan? ClosedFor(DeviceState state, TimeOnly? local)
    {
        var rule = state.Policy.NightTrading;
        return
            rule.Mode != RuleMode.Off && local is { } time && time.IsBetween(rule.From, rule.Until)
            ? rule.Until - time
            : null;
    }

    /// <summary>
    /// Unique without anybody's random numbers: no two starts of a machine share their boot id, and no rule finds twice at one moment.
    /// </summary>
    internal static string LockId(DeviceState state, RuleName rule, DeviceTime now)
    {
        var text = Encoding.UTF8.GetBytes(
            $"{state.Terminal}\n{state.Epoch}\n{Words.Of(rule)}\n{now.Boot}\n"
        );
        var moment = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(moment, now.Ms);
        return Crockford.Id(SHA256.HashData([.. text, .. moment]));
    }
}
