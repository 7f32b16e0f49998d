using System.Collections.Immutable;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Terminals;

/// <summary>How the locks in the server's picture of a terminal change.</summary>
internal static class Mirror
{
    public static TerminalState Put(this TerminalState state, TrackedLock tracked) =>
        state with
        {
            Locks = state.Locks.SetItem(tracked.Lock.Id, tracked),
        };

    public static TerminalState Change(
        this TerminalState state,
        string lockId,
        Func<TrackedLock, TrackedLock> change
    ) => state.Locks.TryGetValue(lockId, out var tracked) ? state.Put(change(tracked)) : state;

    /// <summary>One step of the table of transitions. A lock that is not here stays away.</summary>
    public static TerminalState Move(
        this TerminalState state,
        string lockId,
        LockTable.Happening happening
    )
    {
        if (!state.Locks.TryGetValue(lockId, out var tracked))
        {
            return state;
        }
        return LockTable.Next(tracked.Lock.Status, happening) is { } next
            ? state.Put(tracked with { Lock = tracked.Lock with { Status = next } })
            : state.Leave(tracked);
    }

    /// <summary>A lock goes. The order that put up one of the server's stays, so that one is remembered.</summary>
    public static TerminalState Leave(this TerminalState state, TrackedLock tracked) =>
        state with
        {
            Locks = state.Locks.Remove(tracked.Lock.Id),
            PastLocks =
                tracked.Lock.Owner == LockOwner.Server
                    ? state.PastLocks.Remember(new PastLock(tracked.Lock, tracked.MayEnd))
                    : state.PastLocks,
        };

    /// <summary>Adds the newest and lets the oldest go.</summary>
    public static ImmutableList<T> Remember<T>(this ImmutableList<T> list, T item) =>
        (list.Count >= TerminalState.Remembered ? list.RemoveAt(0) : list).Add(item);
}
