using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>A batch that was asked for, and whether a second person has to agree before anything comes of it.</summary>
internal sealed record AskedBatch(string Id, int Terminals, LockBatchStatus Status);

/// <summary>
/// What people decide about batches: ask for one, agree to it, call it off. A batch whose locks stay within a person's limit begins at once
/// or at its time; any other waits for a second person (B5, B10).
/// </summary>
internal sealed class LockBatches(LockQuota quota, BatchOrders orders)
{
    /// <summary>How long somebody has to agree.</summary>
    private static readonly TimeSpan Lapse = TimeSpan.FromHours(24);

    /// <summary>Batches of one person that wait for their time or for a second person.</summary>
    private const int MostWaiting = 200;

    public static Refusal SecondPerson { get; } =
        Refusal.Conflict(
            "second_person_required",
            "The request is recorded; a second person with the same right must agree to it."
        );

    /// <summary>Records a batch; its first terminals are ordered to lock when nothing stands in its way.</summary>
    /// <param name="askSecond">True when its author wants a second person in any case.</param>
    public (AskedBatch? Asked, Refusal? Refusal) Ask(
        Work work,
        Person person,
        TerminalSelector selector,
        string within,
        BatchLock wanted,
        DateTimeOffset? at,
        bool askSecond
    )
    {
        if (Waiting(work, person) >= MostWaiting)
        {
            return (
                null,
                Refusal.Conflict(
                    "too_many_waiting",
                    $"{MostWaiting} batches of yours wait already; cancel some or let them happen first."
                )
            );
        }
        var id = Ids.New();
        var terminals = selector.Count(work.Views, within);
        var alone = !askSecond && quota.TryCharge(work, person.Id, terminals, at ?? work.Now);
        var requested = new LockBatchRequested(
            selector.Place(work.Views, within),
            person.Id,
            within,
            selector,
            wanted,
            terminals,
            at,
            alone ? null : work.Now + Lapse
        );
        Append(work, id, requested);
        if (!alone)
        {
            Alerts.Raise(
                work,
                new NewAlert(
                    "lock_awaits_second",
                    KeyOf(id),
                    Severity.High,
                    requested.Place,
                    Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["batch"] = id,
                        ["terminals"] = Words(terminals),
                    }
                )
            );
        }
        orders.Next(work, id);
        var after = work.Load(LockBatchStreams.Kind, id);
        return (new AskedBatch(id, terminals, after.Status), null);
    }

    /// <summary>The second person agrees.</summary>
    public Refusal? Approve(Work work, string id, Person person)
    {
        var batch = work.Load(LockBatchStreams.Kind, id);
        if (!batch.Exists || !person.Sees(batch.Asked!.Place))
        {
            return Refusal.NotFound("batch");
        }
        if (batch.Status != LockBatchStatus.AwaitingApproval)
        {
            return Refusal.Conflict("not_awaiting", "This batch does not wait for anybody's word.");
        }
        if (batch.Asked.Person == person.Id)
        {
            return SecondPerson;
        }
        Alerts.Clear(work, KeyOf(id));
        if (!BatchOrders.StillMay(work, batch.Asked))
        {
            Append(work, id, new LockBatchDropped("no_right"));
            return Refusal.Conflict("no_right", "Whoever asked for it may not any more.");
        }
        Append(work, id, new LockBatchApproved(person.Id));
        orders.Next(work, id);
        return null;
    }

    /// <summary>Calls off what has not begun.</summary>
    public static Refusal? Cancel(Work work, string id, Person person)
    {
        var batch = work.Load(LockBatchStreams.Kind, id);
        if (!batch.Exists || !person.Sees(batch.Asked!.Place))
        {
            return Refusal.NotFound("scheduled lock");
        }
        if (batch.Status is not (LockBatchStatus.Scheduled or LockBatchStatus.AwaitingApproval))
        {
            return Refusal.Conflict(
                "not_scheduled",
                "It does not wait any more: its locks are released, not cancelled."
            );
        }
        Alerts.Clear(work, KeyOf(id));
        Append(work, id, new LockBatchCancelled(person.Id));
        Refund(work, batch);
        return null;
    }

    /// <summary>Two people undo a batch as a whole: the first one's request is recorded, the second one's carries it out.</summary>
    public Refusal? Release(
        Work work,
        string id,
        Person person,
        string? reason,
        Func<Refusal?> content
    )
    {
        var batch = work.Load(LockBatchStreams.Kind, id);
        if (!batch.Exists || !person.Sees(batch.Asked!.Place))
        {
            return Refusal.NotFound("batch");
        }
        if (batch.Status is not (LockBatchStatus.Running or LockBatchStatus.Ordered))
        {
            return batch.Status is LockBatchStatus.Releasing or LockBatchStatus.Released
                ? Refusal.Conflict("already_releasing", "Its locks are being released already.")
                : Refusal.Conflict("not_begun", "It has locked nothing; cancel it instead.");
        }
        if (batch.ReleaseAskedBy == person.Id)
        {
            return SecondPerson;
        }
        if (content() is { } wrong)
        {
            return wrong;
        }
        if (batch.ReleaseAskedBy is null)
        {
            Append(work, id, new LockBatchReleaseRequested(person.Id, reason!.Trim()));
            return SecondPerson;
        }
        Append(work, id, new LockBatchReleaseApproved(person.Id, reason!.Trim()));
        orders.Next(work, id);
        return null;
    }

    internal static void Append(Work work, string id, ILockBatchEvent happened) =>
        work.Append(LockBatchStreams.Kind, id, id, [happened]);

    internal static string KeyOf(string id) => $"lock_awaits_second/{id}";

    /// <summary>What never began counts against nobody. What two people answer for was never counted.</summary>
    internal static void Refund(Work work, LockBatchState batch)
    {
        if (batch is { Asked: { LapsesAt: null, At: { } at } asked })
        {
            LockQuota.Refund(work, asked.Person, asked.Terminals, at);
        }
    }

    private static long Waiting(Work work, Person person) =>
        (long)
            work.Views.Scalar(
                "SELECT count(*) FROM lock_batches WHERE status IN ('scheduled', 'awaiting_approval') AND person = $1",
                person.Id
            )!;

    private static string Words(int number) =>
        number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
