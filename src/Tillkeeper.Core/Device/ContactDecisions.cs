using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Core.Device;

/// <summary>
/// How long nobody could reach this terminal (C5). Counted like a wait: on the monotonic clock, over restarts by checkpoints; time
/// without power only as far as it is proven. First a warning, days before anything else; contact ends both.
/// </summary>
public static class ContactDecisions
{
    /// <summary>A shorter silence is a hiccup and leaves no trace.</summary>
    public static readonly TimeSpan Hiccup = TimeSpan.FromMinutes(10);

    /// <summary>Longer than any policy may ask for; what is elapsed is what matters.</summary>
    private static readonly TimeSpan ForEver = TimeSpan.FromDays(10_000);

    internal static Decision<IDeviceEvent> Check(
        DeviceState state,
        CheckContact command,
        DeviceNow now
    )
    {
        if (state.Silence is not { } silence)
        {
            return
                command.LastContact is { } last && now.Clock.ProvenSince(last) >= SoonestOf(state)
                ? new ServerLost(last, now.Clock)
                : DeviceDecisions.Nothing;
        }
        if (command.LastContact is { } contact && IsAfter(contact, silence))
        {
            List<IDeviceEvent> events = [new ServerReached(now.Clock)];
            events.AddRange(
                FindingDecisions.Clear(state, new Clear(RuleName.OfflineTooLong), now).Events
            );
            return events;
        }
        var rule = state.Policy.OfflineTooLong;
        var elapsed = silence.Elapsed(now.Clock);
        if (elapsed < rule.WarnAfter)
        {
            return DeviceDecisions.Nothing;
        }
        var locks = rule is { Mode: not RuleMode.Off, Then: RuleAction.Lock };
        var isOver = elapsed >= rule.LockAfter;
        if (locks && !isOver && rule.Mode == RuleMode.Shadow)
        {
            // It would only have warned so far.
            return DeviceDecisions.Nothing;
        }
        return FindingDecisions.Find(
            // Before its time even a rule that locks only warns.
            locks && !isOver
                ? Warning(state)
                : state,
            new Find(RuleName.OfflineTooLong, Facts(elapsed, rule), command.NewLockId),
            now
        );
    }

    /// <summary>Nobody knows yet whether the server can be reached: the silence counts from the start until it answers.</summary>
    internal static DeviceState Started(DeviceState state, DeviceTime now) =>
        state with
        {
            Silence = state.Silence ?? Wait.Begin(now, ForEver),
        };

    internal static DeviceState Lost(DeviceState state, ServerLost e) =>
        state with
        {
            Silence = Wait.Begin(e.Since, ForEver),
        };

    /// <summary>A policy that is quicker than a hiccup means what it says.</summary>
    private static TimeSpan SoonestOf(DeviceState state) =>
        state.Policy.OfflineTooLong.WarnAfter < Hiccup
            ? state.Policy.OfflineTooLong.WarnAfter
            : Hiccup;

    /// <summary>A contact of this start of the machine, after the silence had begun to count in it.</summary>
    private static bool IsAfter(DeviceTime contact, Wait silence) =>
        contact.Boot != silence.Start.Boot || contact.Ms > silence.Start.Ms;

    private static DeviceState Warning(DeviceState state) =>
        state with
        {
            Policy = state.Policy with
            {
                OfflineTooLong = state.Policy.OfflineTooLong with { Then = RuleAction.Warn },
            },
        };

    private static Evidence Facts(TimeSpan elapsed, Policies.OfflineTooLongRule rule) =>
        new(
            Facts: ImmutableSortedDictionary
                .Create<string, string>(StringComparer.Ordinal)
                .Add("days", Days(elapsed))
                .Add("limit", Days(rule.LockAfter))
        );

    private static string Days(TimeSpan time) =>
        ((int)time.TotalDays).ToString(CultureInfo.InvariantCulture);
}
