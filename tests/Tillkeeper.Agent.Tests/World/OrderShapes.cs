using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Tests.World;

/// <summary>Orders as the server makes them.</summary>
internal static class OrderShapes
{
    /// <summary>A lock with the defaults of its cause.</summary>
    public static Order Locking(
        this Order order,
        string lockId,
        Cause cause = Cause.Remote,
        EnumSet<Capability>? scope = null
    ) =>
        order with
        {
            Kind = OrderKind.Lock,
            LockId = lockId,
            Lock = new OrderedLock
            {
                Cause = cause,
                Scope = scope ?? LockTable.Of(cause).Scope,
                WaysOut = LockTable.Of(cause).WaysOut,
                Since = order.IssuedAt,
            },
        };

    public static Order Releasing(
        this Order order,
        string lockId,
        WayOut way = WayOut.ProviderRelease
    ) =>
        order with
        {
            Kind = OrderKind.Release,
            LockId = lockId,
            WayOut = way,
            ExpiresAt = order.IssuedAt + Order.Validity,
        };
}
