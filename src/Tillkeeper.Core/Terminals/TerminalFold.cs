using System.Collections.Immutable;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Terminals.Replacing;
using Tillkeeper.Core.Terminals.Tampering;

namespace Tillkeeper.Core.Terminals;

/// <summary>The fold: what each event makes of the server's picture of a terminal.</summary>
public static class TerminalFold
{
    public static TerminalState Apply(TerminalState state, ITerminalEvent happened) =>
        TamperDecisions.Fold(state, Change(state, happened));

    private static TerminalState Change(TerminalState state, ITerminalEvent happened) =>
        happened switch
        {
            TerminalRegistered e => state with
            {
                Id = e.Terminal,
                Serial = e.Serial,
                Profile = e.Profile,
            },
            TerminalChanged e => state with { Profile = e.Profile },
            EnrolmentCodeIssued e => state with
            {
                CodeHash = e.CodeHash,
                CodeExpiresAt = e.ExpiresAt,
                CodeUsed = false,
            },
            TerminalEnrolled e => Enrolled(state, e),
            CertificateRenewed e => state with
            {
                KeyHash = e.KeyHash,
                CertificateSerial = e.CertificateSerial,
            },
            // An enrolment code that is still out must not bring the terminal back by itself.
            TerminalRevoked => state with { Revoked = true, CodeHash = null, CodeExpiresAt = null },
            LockOrdered e => state.Put(
                new TrackedLock(e.Lock, BatchId: e.BatchId, Source: e.Source)
            ),
            ServerLockRevised e => state.Change(e.LockId, l => l.Revise(e.Revision)),
            ReleaseRequested e => state.Change(
                e.LockId,
                l => l with { RequestedBy = e.Person, RequestedAt = e.At }
            ),
            // A terminal that has never enrolled has nothing to confirm.
            ReleaseOrdered e => state.Epoch == 0
                ? state with
                {
                    Locks = state.Locks.Remove(e.LockId),
                }
                : state.Move(e.LockId, LockTable.Happening.ReleaseOrdered),
            TamperRepairRequested e => state with { RepairRequestedBy = e.Person },
            TamperRepaired => state with { RepairRequestedBy = null },
            TerminalReplaced e => ReplacementDecisions.Fold(state, e),
            CodeReadOut e => LockClaims.CodeIssued(state, e.LockId),
            OrderIssued e => Issued(state, e.Order),
            TerminalReported e => Reported(state, e),
            ForkFound e => state with { LastFork = e.Got },
            RuleFoundHere e => RuleFindings.Found(
                state,
                new Finding(e.Rule, e.Effect, e.At, e.Evidence, e.Part, e.LockId)
            ),
            RuleClearedHere e => RuleFindings.Cleared(state, e.Rule, e.Part),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    /// <summary>A new epoch counts its orders and its events anew; the locks stand, and wait for reissued orders to be confirmed.</summary>
    private static TerminalState Enrolled(TerminalState state, TerminalEnrolled e) =>
        state with
        {
            Epoch = e.Epoch,
            KeyHash = e.KeyHash,
            CertificateSerial = e.CertificateSerial,
            Revoked = false,
            CodeUsed = true,
            LastOrder = 0,
            OpenOrders = [],
            ReportedSeq = 0,
            ReportedHash = JournalChain.Genesis,
            LastFork = null,
            Update = null,
            SelfTest = null,
            ReplacedBy = null,
            RepairRequestedBy = null,
            PastLocks = [],
            CodesOut = [],
            PolicyVersion = 0,
            Findings = state.Findings.RemoveRange(
                state
                    .Findings.Where(f => RuleTable.Of(f.Value.Rule).Side == RuleSide.Terminal)
                    .Select(f => f.Key)
            ),
            Locks = Inherited(state, epoch: true),
        };

    /// <summary>
    /// What still stands once the terminal has forgotten everything: all of it the server's from now on. A wait that nobody counts any
    /// more is no way out. Pauses end with the operators they were about, who are made anew; and what people have decided to release
    /// is not put up again. Where they decided that another terminal leaves the lock behind, only a new epoch is another terminal.
    /// </summary>
    private static ImmutableSortedDictionary<string, TrackedLock> Inherited(
        TerminalState state,
        bool epoch = false
    ) =>
        state
            .Locks.Where(l =>
                l.Value.Lock.Subject.IsTerminal
                && (
                    epoch
                        ? l.Value.Lock.Status != LockStatus.Releasing
                        : !l.Value.IsReleaseOut && !IsOfTheLoss(l)
                )
            )
            .ToImmutableSortedDictionary(
                l => l.Key,
                l =>
                    l.Value with
                    {
                        ReleaseOrder = null,
                        Lock = Inherit(l.Value.Lock),
                        // The keys that codes are made with are new in each epoch.
                        CodeIssued = l.Value.CodeIssued && !epoch,
                    },
                StringComparer.Ordinal
            );

    /// <summary>Nothing leaves because the terminal forgot it, except what it was told to end anyway.</summary>
    private static TerminalState Lost(TerminalState state) =>
        state
            .Locks.Values.Where(l => l.IsReleaseOut)
            .Aggregate(state, (left, ended) => left.Leave(ended)) with
        {
            Locks = Inherited(state).AddRange(state.Locks.Where(IsOfTheLoss)),
        };

    /// <summary>The terminal's own lock for what it has lost stands there and needs no order.</summary>
    private static bool IsOfTheLoss(KeyValuePair<string, TrackedLock> tracked) =>
        tracked.Value.Lock is { Cause: Cause.StateUnknown, Owner: LockOwner.Terminal };

    private static Lock Inherit(Lock stood) =>
        stood with
        {
            Owner = LockOwner.Server,
            Status =
                stood.Status == LockStatus.Releasing ? LockStatus.Releasing : LockStatus.Pending,
            // Nobody is left who could say that the work is done.
            WaysOut =
                stood.Cause == Cause.Maintenance
                    ? stood.WaysOut.With(WayOut.ProviderRelease)
                    : stood.WaysOut.Without(WayOut.Wait),
            ExpectedEnd = stood.WaysOut.Contains(WayOut.Wait) ? null : stood.ExpectedEnd,
        };

    private static TerminalState Issued(TerminalState state, Order order)
    {
        var open = new OpenOrder(
            order.Number,
            order.Kind,
            order.IssuedAt,
            order.LockId,
            order.ExpiresAt,
            order.WayOut,
            order.CaseId
        );
        var after = state with
        {
            LastOrder = order.Number,
            OpenOrders = state.OpenOrders.Add(open),
            PolicyVersion = order.Policy?.Version ?? state.PolicyVersion,
        };
        after = UpdateOrders.Issued(after, order);
        return open is { Ends: true, LockId: { } id }
            ? after
                .Change(id, l => l with { ReleaseOrder = order.Number })
                .Move(id, LockTable.Happening.ReleaseOrdered)
            : after;
    }

    private static TerminalState Reported(TerminalState state, TerminalReported e)
    {
        var after = state with { ReportedSeq = e.Seq, ReportedHash = e.Hash };
        return e.Said switch
        {
            LockBegun begun => LockClaims.Begun(after, begun.Lock),
            LockEnded ended => LockClaims.Ended(after, ended),
            LockRevised revised => LockClaims.Revised(after, revised),
            UpdateStepped step => UpdateOrders.Stepped(after, step),
            SoftwareFound found => after with { Software = ReportedText.Short(found.Version) },
            SelfTestRan ran => after with { SelfTest = ReportedText.Tidy(ran) },
            OrderApplied order => Applied(Took(after, order.Number), order),
            OrderRefused order => UpdateOrders.Refused(
                Refused(Took(after, order.Number), order),
                order
            ),
            StateLost => Lost(after),
            RuleFound found when RuleTable.Of(found.Rule).Side == RuleSide.Terminal =>
                RuleFindings.Found(after, RuleFindings.Tidy(found)),
            RuleCleared gone when RuleTable.Of(gone.Rule).Side == RuleSide.Terminal =>
                RuleFindings.Cleared(after, gone.Rule, ReportedText.Short(gone.Part)),
            _ => after,
        };
    }

    /// <summary>
    /// An applied order has come true whether or not it changed anything: a lock that stood already stands, and a lock that was gone
    /// already is gone.
    /// </summary>
    private static TerminalState Applied(TerminalState state, OrderApplied order)
    {
        if (order is { Kind: OrderKind.Lock, LockId: { } id })
        {
            return state.Move(id, LockTable.Happening.Confirmed);
        }
        return ReleasedBy(state, order.Number) is { } released
            ? state.Move(released, LockTable.Happening.Released)
            : state;
    }

    /// <summary>A release without effect can be decided again. One that only expired is reissued instead.</summary>
    private static TerminalState Refused(TerminalState state, OrderRefused order) =>
        order.Code != "expired" && ReleasedBy(state, order.Number) is { } standing
            ? state
                .Move(standing, LockTable.Happening.ReleaseRefused)
                .Change(standing, l => l with { ReleaseOrder = null, RequestedBy = null })
            : state;

    private static string? ReleasedBy(TerminalState state, long number) =>
        state.Locks.Values.FirstOrDefault(l => l.ReleaseOrder == number)?.Lock.Id;

    private static TerminalState Took(TerminalState state, long number) =>
        state with
        {
            OpenOrders = state.OpenOrders.RemoveAll(o => o.Number <= number),
        };
}
