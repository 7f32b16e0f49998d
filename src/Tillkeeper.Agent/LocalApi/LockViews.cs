using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>Shows locks to the people at the terminal: names instead of opaque ids, what is left of each wait.</summary>
internal sealed class LockViews(Till till, DeviceClock clock)
{
    /// <summary>The gravest first.</summary>
    public ImmutableArray<LockView> Of(IEnumerable<Lock> locks, CultureInfo language)
    {
        var (state, now) = (till.State, clock.Now);
        return [.. Lock.GravestFirst(locks).Select(l => Of(l, state, now, language))];
    }

    private static LockView Of(Lock shown, DeviceState state, DeviceNow now, CultureInfo language)
    {
        var active = state.Locks.GetValueOrDefault(shown.Id);
        var left = active?.Wait?.Remaining(now.Clock);
        var tries = active is null
            ? state.Policy.OfflineCode.Tries
            : CodeDecisions.TriesLeft(state, active);
        var name = shown.Subject.Operator is { } id
            ? state.Operators.GetValueOrDefault(id)?.Name
            : null;
        // What is said and what is shown follow from the same lock: the end by this clock, the ways that are really open.
        var told = shown with
        {
            ExpectedEnd = left is { } wait ? now.Shown + wait : shown.ExpectedEnd,
            WaysOut = tries == 0 ? shown.WaysOut.Without(WayOut.OfflineCode) : shown.WaysOut,
        };
        var context = new ExplanationContext(
            TimeZoneInfo.ConvertTime(now.Shown, TimeZoneInfo.Local),
            state.Policy.Support.Phone,
            name,
            left,
            tries
        );
        return new LockView
        {
            Id = told.Id,
            Code = told.Code,
            Cause = told.Cause,
            Severity = told.Severity,
            Subject = name is null ? told.Subject : Subject.OfOperator(name),
            Scope = told.Scope,
            Owner = told.Owner,
            Status = told.Status,
            Since = told.Since,
            ExpectedEnd = told.ExpectedEnd,
            Progress = told.Progress,
            WaysOut = told.WaysOut,
            Message = LockExplainer.Summary(told, context, language),
            Evidence = told.Evidence with { Operator = null },
            RemainingSeconds = left is { } rest ? (long)Math.Ceiling(rest.TotalSeconds) : null,
            CodeTriesLeft = tries,
            Explanation = LockExplainer.Explain(told, context, language),
        };
    }
}
