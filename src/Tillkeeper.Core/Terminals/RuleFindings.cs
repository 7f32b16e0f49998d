using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Core.Terminals;

/// <summary>What rules have found about a terminal: its own, as it reports them, and those judged here.</summary>
public static class RuleFindings
{
    internal static Decision<ITerminalEvent> Find(
        TerminalState state,
        FindRule command,
        DateTimeOffset now
    )
    {
        var standing = state.Findings.GetValueOrDefault(Finding.KeyOf(command.Rule, command.Part));
        if (command.Effect is not { } effect)
        {
            return standing is null ? Nothing : Over(state, standing, now);
        }
        // A policy that became milder leaves the lock to its ways out; one that became stricter acts.
        if (standing is not null && standing.Effect >= effect)
        {
            return Nothing;
        }
        if (standing is null && state.Findings.Count >= TerminalState.MostMirrored)
        {
            return Nothing;
        }
        var rule = RuleTable.Of(command.Rule);
        var evidence = command.Evidence with { Rule = command.Rule, Part = command.Part };
        var locks = effect == FindingEffect.Lock;
        var scope = command.Scope ?? LockTable.Of(rule.Cause).Scope;
        List<ITerminalEvent> events = [];
        var folded = events.Add(
            state,
            new RuleFoundHere(
                command.Rule,
                effect,
                evidence,
                scope,
                now,
                command.Part,
                locks ? command.NewLockId : null
            )
        );
        if (locks)
        {
            var ordered = LockOrders.Lock(
                folded,
                new OrderLock(
                    command.NewLockId,
                    rule.Cause,
                    scope,
                    command.Evidence.Reason ?? Serialization.Words.Of(command.Rule),
                    command.Message,
                    null,
                    Evidence: evidence
                ),
                now
            );
            if (!ordered.Accepted)
            {
                return ordered;
            }
            events.AddRange(ordered.Events);
        }
        return events;
    }

    internal static Decision<ITerminalEvent> Clear(
        TerminalState state,
        ClearRule command,
        DateTimeOffset now
    ) =>
        state.Findings.TryGetValue(Finding.KeyOf(command.Rule, command.Part), out var standing)
            ? Over(state, standing, now)
            : Nothing;

    /// <summary>The episode is over; its lock is released where the rule's table says so, unless a release needs two people.</summary>
    private static Decision<ITerminalEvent> Over(
        TerminalState state,
        Finding standing,
        DateTimeOffset now
    )
    {
        List<ITerminalEvent> events = [];
        var folded = events.Add(state, new RuleClearedHere(standing.Rule, standing.Part));
        if (
            RuleTable.Of(standing.Rule).Ends is { } way
            && standing.LockId is { } id
            && folded.Locks.TryGetValue(id, out var tracked)
            && tracked.Lock.Status != LockStatus.Releasing
            && LockTable.Of(tracked.Lock.Cause).People == 1
        )
        {
            var released = LockOrders.Release(
                folded,
                new OrderRelease(id, way, Server, "the condition is gone"),
                now
            );
            events.AddRange(released.Events);
        }
        return events;
    }

    /// <summary>Who released a lock that ended with its condition.</summary>
    public const string Server = "server";

    internal static TerminalState Found(TerminalState state, Finding finding)
    {
        var key = Finding.KeyOf(finding.Rule, finding.Part);
        return state.Findings.Count < TerminalState.MostMirrored || state.Findings.ContainsKey(key)
            ? state with
            {
                Findings = state.Findings.SetItem(key, finding),
            }
            : state;
    }

    internal static TerminalState Cleared(TerminalState state, RuleName rule, string? part) =>
        state with
        {
            Findings = state.Findings.Remove(Finding.KeyOf(rule, part)),
        };

    /// <summary>A finding as a terminal tells it, cut to what people and programs here can take.</summary>
    public static Finding Tidy(RuleFound e) =>
        new(
            e.Rule,
            e.Effect,
            e.At,
            ReportedText.Tidy(e.Evidence),
            ReportedText.Short(e.Part),
            ReportedText.Short(e.LockId)
        );

    private static Decision<ITerminalEvent> Nothing { get; } = new([]);
}
