using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals.Replacing;
using Tillkeeper.Core.Terminals.Tampering;

namespace Tillkeeper.Core.Terminals;

/// <summary>The server's decisions about one terminal: pure, one entry.</summary>
public static class TerminalDecisions
{
    public static Decision<ITerminalEvent> Decide(
        TerminalState state,
        ITerminalCommand command,
        DateTimeOffset now
    ) =>
        command switch
        {
            RegisterTerminal c => state.Exists
                ? Refusal.Conflict("serial_exists", "A terminal with this serial is registered.")
                : new TerminalRegistered(c.Terminal, c.Serial, c.Profile),
            _ when !state.Exists => Refusal.NotFound("terminal"),
            ChangeTerminal c => new TerminalChanged(c.Profile),
            IssueEnrolmentCode c => TamperDecisions.MayEnrol(state) is { } tampered
                ? tampered
                : new EnrolmentCodeIssued(c.CodeHash, c.ExpiresAt),
            RepairTamper c => TamperDecisions.Repair(state, c, now),
            EnrolTerminal c => Enrolment.Enrol(state, c, now),
            RenewCertificate c => state.IsEnrolled
                ? new CertificateRenewed(c.KeyHash, c.CertificateSerial)
                : Refusal.Forbidden("The terminal is revoked; it must enrol again.", "revoked"),
            RevokeTerminal c => state.Revoked
                ? Refusal.Conflict("already_revoked", "The terminal is revoked already.")
                : new TerminalRevoked(c.Reason),
            ReadOutCode c => new CodeReadOut(c.LockId),
            OrderLock
            or OrderRelease
            or OrderPasscodeReset
            or OrderPolicy
            or OrderUpdate
            or OrderUpdateStop
            or ReportMaintenance
            or OrderKeySet when state.OpenOrders.Count >= TerminalState.MostOpenOrders =>
                Refusal.Conflict(
                    "too_many_orders",
                    $"{TerminalState.MostOpenOrders} orders wait for this terminal already; it must take some first."
                ),
            OrderLock c => LockOrders.Lock(state, c, now),
            OrderRelease c => LockOrders.Release(state, c, now),
            OrderPasscodeReset c => LockOrders.Reset(state, c, now),
            OrderPolicy c => new OrderIssued(
                Next(state, OrderKind.Policy, now) with
                {
                    Policy = c.Policy,
                }
            ),
            OrderKeySet c => new OrderIssued(
                Next(state, OrderKind.KeySet, now) with
                {
                    KeySet = c.KeySet,
                }
            ),
            OrderUpdate c => UpdateOrders.Offer(state, c, now),
            OrderUpdateStop c => UpdateOrders.Stop(state, c, now),
            ReportMaintenance c => ForeignMaintenance.Take(state, c, now),
            ReplaceTerminal c => ReplacementDecisions.Replace(state, c, now),
            Report c => Reports.Take(state, c, now),
            FindRule c => RuleFindings.Find(state, c, now),
            ClearRule c => RuleFindings.Clear(state, c, now),
            _ => throw new InvalidOperationException(
                $"No decision is known for {command.GetType().Name}."
            ),
        };

    /// <summary>
    /// The next order for this terminal. What opens something expires; locks do not, nor do policies and key sets, whose versions
    /// keep stale ones out: a terminal that was away for long must still follow the keys.
    /// </summary>
    internal static Order Next(TerminalState state, string kind, DateTimeOffset now) =>
        new()
        {
            Terminal = state.Id,
            Epoch = state.Epoch,
            Number = state.LastOrder + 1,
            Kind = kind,
            IssuedAt = now,
            ExpiresAt = kind is OrderKind.Release or OrderKind.PasscodeReset
                ? now + Order.Validity
                : null,
        };

    /// <summary>Folds as it decides, for decisions whose later events depend on their earlier ones.</summary>
    internal static TerminalState Add(
        this List<ITerminalEvent> events,
        TerminalState state,
        ITerminalEvent happened
    )
    {
        events.Add(happened);
        return TerminalFold.Apply(state, happened);
    }

    /// <summary>What the shop is told of why: the rule and what it saw, never what somebody wrote down inside.</summary>
    private static Evidence? OfTheRule(Evidence evidence) =>
        evidence.Rule is null
            ? null
            : new Evidence(Rule: evidence.Rule, Part: evidence.Part, Facts: evidence.Facts);

    /// <summary>The order that puts up a lock the server owns.</summary>
    internal static OrderIssued ToOrder(TerminalState state, Lock wanted, DateTimeOffset now) =>
        new(
            Next(state, OrderKind.Lock, now) with
            {
                LockId = wanted.Id,
                Lock = new OrderedLock
                {
                    Cause = wanted.Cause,
                    Scope = wanted.Scope,
                    WaysOut = wanted.WaysOut,
                    Since = wanted.Since,
                    ExpectedEnd = wanted.ExpectedEnd,
                    Progress = wanted.Progress,
                    Message = wanted.Message,
                    Evidence = OfTheRule(wanted.Evidence),
                },
            }
        );
}
