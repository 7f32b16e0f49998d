using Dapper;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>How far a batch is.</summary>
/// <param name="Pending">Not confirmed by their terminals, those included whose order has not gone out yet.</param>
/// <param name="Confirmed">Applied by their terminals, and perhaps ended since.</param>
/// <param name="Failed">Revoked, or refused here or by the terminal itself: nothing more will come of them.</param>
/// <param name="Details">For the provider's own people who see the whole of it.</param>
internal sealed record BatchView(
    int Terminals,
    int Pending,
    int Confirmed,
    int Failed,
    LockBatchStatus? Status = null,
    DateTimeOffset? At = null,
    BatchDetails? Details = null
);

/// <param name="People">The opaque ids of who ordered it.</param>
/// <param name="Why">Why it came to nothing, when it did.</param>
/// <param name="ReleasePeople">Who asked for its release so far.</param>
/// <param name="Released">Locks that were ordered to end; <paramref name="Skipped"/>: gone before, or with no such way out.</param>
internal sealed record BatchDetails(
    Cause Cause,
    EnumSet<Capability> Scope,
    string Reason,
    IReadOnlyList<string> People,
    TerminalSelector Selector,
    int Ordered,
    DateTimeOffset? LapsesAt,
    string? Why,
    IReadOnlyList<string> ReleasePeople,
    string? ReleaseReason,
    int Released,
    int Skipped
);

/// <summary>A batch that waits for its time, or for a second person.</summary>
internal sealed record WaitingBatch(
    string Id,
    LockBatchStatus Status,
    DateTimeOffset? At,
    int Terminals,
    Cause Cause,
    string Reason,
    string Person,
    DateTimeOffset? LapsesAt
);

/// <summary>Reads batches for somebody. Whoever sees only some of its terminals is told of these alone.</summary>
internal sealed class BatchViews(Database database, States states)
{
    public BatchView? Find(string id, Person person)
    {
        var rows = database.Read(c =>
            c.Query<(string Terminal, string LockId, string Place)>(
                    "SELECT terminal, lock_id, place FROM batch_locks WHERE batch = @id",
                    new { id }
                )
                .Where(r => person.Sees(r.Place))
                .AsList()
        );
        var batch = states.Find(LockBatchStreams.Kind, id);
        var whole = batch is { Asked: { } asked } && person.Sees(asked.Place) && person.SeesInside;
        if (rows.Count == 0 && !whole)
        {
            return null;
        }
        var (pending, confirmed, failed) = (0, 0, 0);
        foreach (var (terminal, lockId, _) in rows)
        {
            switch (FateOf(states.Find(TerminalStreams.Kind, terminal), lockId))
            {
                case LockStatus.Pending:
                    pending++;
                    break;
                case null:
                    failed++;
                    break;
                default:
                    confirmed++;
                    break;
            }
        }
        return whole
            ? Whole(batch!, rows.Count, confirmed, failed)
            : new BatchView(rows.Count, pending, confirmed, failed);
    }

    /// <summary>Those that wait, for people of the provider: a shop is not told before it happens.</summary>
    public Page<WaitingBatch> Waiting(Person person, Paging page)
    {
        if (!person.SeesInside)
        {
            return new Page<WaitingBatch>([], null);
        }
        var ids = database.Read(c =>
            c.Query<string>(
                    "SELECT id FROM lock_batches WHERE status IN ('scheduled', 'awaiting_approval') AND place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most",
                    Subtree.Of(person, page)
                )
                .AsList()
        );
        return page.Cut(
            [
                .. ids.Select(id =>
                {
                    var batch = states.Find(LockBatchStreams.Kind, id)!;
                    var asked = batch.Asked!;
                    return new WaitingBatch(
                        id,
                        batch.Status,
                        asked.At,
                        asked.Terminals,
                        asked.Lock.Cause,
                        asked.Lock.Reason,
                        asked.Person,
                        asked.LapsesAt
                    );
                }),
            ],
            b => b.Id
        );
    }

    private static BatchView Whole(LockBatchState batch, int rows, int confirmed, int failed)
    {
        var asked = batch.Asked!;
        var begun =
            batch.Status
            is LockBatchStatus.Ordered
                or LockBatchStatus.Releasing
                or LockBatchStatus.Released;
        // Until its last order is out, the rest of those that were counted is still to come.
        var terminals = begun ? rows + batch.Refused : asked.Terminals;
        return new BatchView(
            terminals,
            terminals - confirmed - failed - batch.Refused,
            confirmed,
            failed + batch.Refused,
            batch.Status,
            asked.At,
            new BatchDetails(
                asked.Lock.Cause,
                asked.Lock.Scope,
                asked.Lock.Reason,
                batch.People,
                asked.Selector,
                batch.Ordered,
                asked.LapsesAt,
                batch.Why,
                [.. new[] { batch.ReleaseAskedBy, batch.ReleasedBy }.OfType<string>()],
                batch.ReleaseReason,
                batch.Released,
                batch.Skipped
            )
        );
    }

    /// <summary>What became of a lock; null when nothing can any more.</summary>
    private static LockStatus? FateOf(TerminalState? state, string lockId)
    {
        if (state?.Locks.GetValueOrDefault(lockId) is not { } standing)
        {
            // Gone means that it was confirmed and has ended since.
            return LockStatus.Confirmed;
        }
        if (standing.Lock.Status != LockStatus.Pending)
        {
            return standing.Lock.Status;
        }
        var isOut =
            state.Epoch == 0
            || state.OpenOrders.Exists(o => o.Kind == OrderKind.Lock && o.LockId == lockId);
        // Pending, and its order had its turn: the terminal refused it.
        return state.Revoked || !isOut ? null : LockStatus.Pending;
    }
}
