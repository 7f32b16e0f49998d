using System.Collections.Immutable;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Terminals;

/// <summary>The fold: what each event makes of the server's picture of a terminal.</summary>
public static class TerminalFold
{
    public static TerminalState Apply(TerminalState state, ITerminalEvent happened) =>
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
            LockOrdered e => Put(state, new TrackedLock(e.Lock, BatchId: e.BatchId)),
            ReleaseRequested e => Change(state, e.LockId, l => l with { RequestedBy = e.Person }),
            // A terminal that has never enrolled has nothing to confirm.
            ReleaseOrdered e => state.Epoch == 0
                ? state with
                {
                    Locks = state.Locks.Remove(e.LockId),
                }
                : Move(state, e.LockId, LockTable.Happening.ReleaseOrdered),
            OrderIssued e => Issued(state, e.Order),
            TerminalReported e => Reported(state, e),
            ForkFound e => state with { LastFork = e.Got },
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
            Locks = Inherited(state, epoch: true),
        };

    /// <summary>
    /// What still stands once the terminal has forgotten everything: all of it the server's from now on. A wait that nobody counts any
    /// more is no way out. Pauses end with the operators they were about, who are made anew; and what people have decided to release
    /// is not put up again.
    /// </summary>
    private static ImmutableSortedDictionary<string, TrackedLock> Inherited(
        TerminalState state,
        bool epoch = false
    ) =>
        state
            .Locks.Where(l =>
                l.Value.Lock.Subject.IsTerminal
                && l.Value.Lock.Status != LockStatus.Releasing
                && (epoch || !IsOfTheLoss(l))
            )
            .ToImmutableSortedDictionary(
                l => l.Key,
                l => l.Value with { ReleaseOrder = null, Lock = Inherit(l.Value.Lock) },
                StringComparer.Ordinal
            );

    /// <summary>The terminal's own lock for what it has lost stands there and needs no order.</summary>
    private static bool IsOfTheLoss(KeyValuePair<string, TrackedLock> tracked) =>
        tracked.Value.Lock is { Cause: Cause.StateUnknown, Owner: LockOwner.Terminal };

    private static Lock Inherit(Lock stood) =>
        stood with
        {
            Owner = LockOwner.Server,
            Status = LockStatus.Pending,
            WaysOut = stood.WaysOut.Without(WayOut.Wait),
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
        };
        return order is { LockId: { } id, Kind: OrderKind.Release or OrderKind.PasscodeReset }
            ? Change(after, id, l => l with { ReleaseOrder = order.Number })
            : after;
    }

    private static TerminalState Reported(TerminalState state, TerminalReported e)
    {
        var after = state with { ReportedSeq = e.Seq, ReportedHash = e.Hash };
        return e.Said switch
        {
            LockBegun begun => Confirm(after, begun.Lock),
            LockEnded ended => End(after, ended),
            OrderApplied order => Applied(Took(after, order.Number), order),
            OrderRefused order => Refused(Took(after, order.Number), order),
            StateLost => after with
            {
                Locks = Inherited(after).AddRange(after.Locks.Where(IsOfTheLoss)),
            },
            _ => after,
        };
    }

    /// <summary>Believed only by one of the lock's own ways out, and never of tampering (invariants 3 and 9).</summary>
    private static TerminalState End(TerminalState state, LockEnded ended) =>
        state.Locks.TryGetValue(ended.LockId, out var tracked)
        && tracked.Lock.Cause != Cause.Tamper
        && tracked.Lock.WaysOut.Contains(ended.WayOut)
            ? Move(state, ended.LockId, LockTable.Happening.Released)
            : state;

    /// <summary>
    /// An applied order has come true whether or not it changed anything: a lock that stood already stands, and a lock that was gone
    /// already is gone.
    /// </summary>
    private static TerminalState Applied(TerminalState state, OrderApplied order)
    {
        if (order is { Kind: OrderKind.Lock, LockId: { } id })
        {
            return Move(state, id, LockTable.Happening.Confirmed);
        }
        return ReleasedBy(state, order.Number) is { } released
            ? Move(state, released, LockTable.Happening.Released)
            : state;
    }

    /// <summary>A release without effect can be decided again. One that only expired is reissued instead.</summary>
    private static TerminalState Refused(TerminalState state, OrderRefused order) =>
        order.Code != "expired" && ReleasedBy(state, order.Number) is { } standing
            ? Change(
                Move(state, standing, LockTable.Happening.ReleaseRefused),
                standing,
                l => l with { ReleaseOrder = null, RequestedBy = null }
            )
            : state;

    private static string? ReleasedBy(TerminalState state, long number) =>
        state.Locks.Values.FirstOrDefault(l => l.ReleaseOrder == number)?.Lock.Id;

    private static TerminalState Took(TerminalState state, long number) =>
        state with
        {
            OpenOrders = state.OpenOrders.RemoveAll(o => o.Number <= number),
        };

    /// <summary>The terminal says that a lock stands: its own is mirrored, the server's is confirmed.</summary>
    private static TerminalState Confirm(TerminalState state, Lock reported)
    {
        if (state.Locks.ContainsKey(reported.Id))
        {
            return Move(state, reported.Id, LockTable.Happening.Confirmed);
        }
        return reported.Owner == LockOwner.Terminal
            ? Put(state, new TrackedLock(reported with { Status = LockStatus.Confirmed }))
            : state;
    }

    private static TerminalState Move(
        TerminalState state,
        string lockId,
        LockTable.Happening happening
    )
    {
        if (!state.Locks.TryGetValue(lockId, out var tracked))
        {
            return state;
        }
        return LockTable.Next(tracked.Lock.Status, happening) is { } next
            ? Put(state, tracked with { Lock = tracked.Lock with { Status = next } })
            : state with
            {
                Locks = state.Locks.Remove(lockId),
            };
    }

    private static TerminalState Put(TerminalState state, TrackedLock tracked) =>
        state with
        {
            Locks = state.Locks.SetItem(tracked.Lock.Id, tracked),
        };

    private static TerminalState Change(
        TerminalState state,
        string lockId,
        Func<TrackedLock, TrackedLock> change
    ) => state.Locks.TryGetValue(lockId, out var tracked) ? Put(state, change(tracked)) : state;
}
