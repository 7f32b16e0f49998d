using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

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
            TerminalRevoked => state with { Revoked = true },
            LockOrdered e => Put(state, new TrackedLock(e.Lock, BatchId: e.BatchId)),
            ReleaseRequested e => Change(state, e.LockId, l => l with { RequestedBy = e.Person }),
            ReleaseOrdered e => Move(state, e.LockId, LockTable.Happening.ReleaseOrdered),
            OrderIssued e => Issued(state, e.Order),
            TerminalReported e => Reported(state, e),
            ForkFound e => state with { LastFork = e.Got },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    /// <summary>A new epoch counts its orders and its events anew; the locks stand until reissued orders are confirmed.</summary>
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
            Locks = state.Locks.SetItems(
                state.Locks.Select(l =>
                    KeyValuePair.Create(
                        l.Key,
                        l.Value with
                        {
                            ReleaseOrder = null,
                            Lock = l.Value.Lock with
                            {
                                Owner = LockOwner.Server,
                                Status = LockStatus.Pending,
                            },
                        }
                    )
                )
            ),
        };

    private static TerminalState Issued(TerminalState state, Order order)
    {
        var open = new OpenOrder(
            order.Number,
            order.Kind,
            order.LockId,
            order.IssuedAt,
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
        return EventCatalogue.Device.TryRead(e.Type, e.Data) switch
        {
            LockBegun begun => Confirm(after, begun.Lock),
            LockEnded ended => Move(after, ended.LockId, LockTable.Happening.Released),
            OrderApplied order => Took(after, order.Number),
            OrderRefused order => Took(after, order.Number),
            _ => after,
        };
    }

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
