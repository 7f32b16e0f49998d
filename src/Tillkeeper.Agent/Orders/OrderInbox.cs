using System.Collections.Immutable;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Agent.Updates;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Orders;

/// <summary>What became of an order that came in.</summary>
/// <param name="Number">Its number, when it could be read.</param>
/// <param name="Waits">True while it waits for the end of a transaction.</param>
/// <param name="Code">Why it was refused or had no effect; null when it was applied or waits.</param>
internal sealed record Taken(long? Number, bool Waits, string? Code);

/// <summary>
/// Where orders come in, by whichever way. Verified, then applied in the order of their numbers; a lock order that would cut a
/// transaction short waits for its end, at most as long as the policy says, and everything behind it waits too (B7).
/// </summary>
internal sealed partial class OrderInbox(
    Till till,
    OrderKeys keys,
    OpenTransactions transactions,
    DeviceClock clock,
    UpdateAbility updates,
    ILogger<OrderInbox> logger
) : IDisposable
{
    private const int MostWaiting = 256;
    private readonly SemaphoreSlim oneAtATime = new(1);
    private ImmutableList<Waiting> waiting = [];

    /// <summary>The locks whose orders wait, as they will stand.</summary>
    public IEnumerable<Lock> Pending =>
        Volatile.Read(ref waiting).Select(w => w.AsLock).OfType<Lock>();

    /// <summary>The number of the last order that is applied or waits.</summary>
    public long LastTaken =>
        Math.Max(
            till.State.LastOrder,
            Volatile.Read(ref waiting).LastOrDefault()?.Order.Number ?? 0
        );

    public async Task<Taken> TakeAsync(string? jws)
    {
        await oneAtATime.WaitAsync();
        try
        {
            return await TakeInTurnAsync(jws);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Applies what no longer has to wait; called when a transaction ends and once a second.</summary>
    public async Task ApplyDueAsync()
    {
        if (Volatile.Read(ref waiting).IsEmpty)
        {
            return;
        }
        await oneAtATime.WaitAsync();
        try
        {
            await ApplyDueInTurnAsync();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<Taken> TakeInTurnAsync(string? jws)
    {
        var (order, refusal) = OrderEnvelope.Open(jws, keys.InForce(till.State));
        if (order is null)
        {
            LogRefused(null, refusal!.Code);
            return new Taken(null, false, refusal.Code);
        }
        if (waiting.Any(w => w.Order.Number == order.Number && w.IsSameAs(order)))
        {
            return new Taken(order.Number, true, null);
        }
        if (!MayWait(order))
        {
            return await ApplyAsync(order);
        }
        if (waiting.Count == MostWaiting)
        {
            return new Taken(order.Number, false, "too_many_waiting");
        }
        Volatile.Write(ref waiting, waiting.Add(new Waiting(order, clock.Ms)));
        LogWaits(order.Number, order.Kind);
        return await ApplyDueInTurnAsync() is { } applied && applied.Number == order.Number
            ? applied
            : new Taken(order.Number, waiting.Any(w => w.Order == order), null);
    }

    /// <summary>It is the next one, and something keeps it: a transaction, or an order that already waits.</summary>
    private bool MayWait(Order order) =>
        order.Terminal == till.State.Terminal
        && order.Epoch == till.State.Epoch
        && !till.IsLost
        && order.Number == LastTaken + 1
        && (!waiting.IsEmpty || (transactions.Any && Defers(order)));

    private async Task<Taken?> ApplyDueInTurnAsync()
    {
        Taken? last = null;
        while (waiting is [var next, ..] && IsDue(next))
        {
            last = await ApplyAsync(next.Order);
            Volatile.Write(ref waiting, waiting.RemoveAt(0));
        }
        return last;
    }

    private bool IsDue(Waiting next) =>
        !Defers(next.Order)
        || !transactions.Any
        || waiting.Any(w => w.Order.Lock is { } l && LockTable.Of(l.Cause).AtOnce)
        || clock.Ms - next.Since >= till.State.Policy.Transaction.LongestWait.TotalMilliseconds;

    private static bool Defers(Order order) =>
        order is { Kind: OrderKind.Lock, Lock: { } ordered } && !LockTable.Of(ordered.Cause).AtOnce;

    private async Task<Taken> ApplyAsync(Order order)
    {
        var keySet = order.Kind == OrderKind.KeySet ? keys.Open(order.KeySet) : null;
        var answer = await till.AskAsync(
            new ApplyOrder(order, keySet, updates.CannotCarryOut(order))
        );
        var code =
            answer.Refusal?.Code ?? answer.Events.OfType<OrderRefused>().FirstOrDefault()?.Code;
        if (code is null)
        {
            LogApplied(order.Number, order.Kind, order.LockId);
        }
        else
        {
            LogRefused(order.Number, code);
        }
        return new Taken(order.Number, false, code);
    }

    [LoggerMessage(LogLevel.Information, "Order {Number} ({Kind}, lock {LockId}) applied.")]
    private partial void LogApplied(long number, string kind, string? lockId);

    [LoggerMessage(
        LogLevel.Information,
        "Order {Number} ({Kind}) waits for the end of a transaction."
    )]
    private partial void LogWaits(long number, string kind);

    [LoggerMessage(LogLevel.Warning, "Order {Number} refused: {Code}.")]
    private partial void LogRefused(long? number, string code);
}
