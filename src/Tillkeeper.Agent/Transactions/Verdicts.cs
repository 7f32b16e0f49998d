using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Transactions;

/// <summary>
/// What the payment program may do now. A running transaction is not cut short: locks that this terminal raised after its beginning
/// count from its end on, or after the policy's longest wait; ordered ones wait in the inbox. Nothing new begins against either.
/// </summary>
internal sealed class Verdicts(
    Till till,
    OrderInbox inbox,
    OpenTransactions transactions,
    DeviceClock clock
)
{
    /// <summary>The verdict in force, a running transaction spared.</summary>
    public Verdict Now(Capability capability)
    {
        var state = till.State;
        var now = clock.Now.Clock;
        var since = transactions.Oldest;
        return Verdict.Of(
            state
                .Locks.Values.Where(l =>
                    since is not { } begun || !IsSpared(l, begun, now, capability, state)
                )
                .Select(l => l.Lock),
            capability
        );
    }

    /// <summary>The verdict on something that would begin now: locks that wait for a transaction's end count already.</summary>
    public Verdict ToBegin(Capability capability) =>
        Verdict.Of(till.State.ActiveLocks.Concat(inbox.Pending), capability);

    private static bool IsSpared(
        DeviceLock active,
        long transactionSince,
        DeviceTime now,
        Capability capability,
        DeviceState state
    ) =>
        active.Lock.Owner == LockOwner.Terminal
        && !LockTable.Of(active.Lock.Cause).AtOnce
        && capability is not (Capability.SignIn or Capability.Admin)
        && active.Begun.Boot == now.Boot
        && active.Begun.Ms >= transactionSince
        && now.ProvenSince(active.Begun) < state.Policy.Transaction.LongestWait;
}
