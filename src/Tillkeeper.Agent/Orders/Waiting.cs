using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Orders;

/// <summary>A verified order that waits for the end of a transaction, since when by the boot clock.</summary>
internal sealed record Waiting(Order Order, long Since)
{
    /// <summary>The lock it will raise, pending; null for other orders.</summary>
    public Lock? AsLock =>
        Order is { LockId: { } id, Lock: { } ordered }
            ? new Lock
            {
                Id = id,
                Cause = ordered.Cause,
                Subject = Subject.Terminal,
                Scope = ordered.Scope,
                Owner = LockOwner.Server,
                Status = LockStatus.Pending,
                Since = ordered.Since,
                ExpectedEnd = ordered.ExpectedEnd,
                Progress = ordered.Progress,
                WaysOut = ordered.WaysOut,
                Message = ordered.Message,
                Evidence = ordered.Evidence ?? Evidence.None,
            }
            : null;

    public bool IsSameAs(Order other) =>
        OrderEnvelope.ToPayload(Order).AsSpan().SequenceEqual(OrderEnvelope.ToPayload(other));
}
