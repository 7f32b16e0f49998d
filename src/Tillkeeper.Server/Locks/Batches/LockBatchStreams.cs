using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>Streams of batches, the view over them, and the timer that carries each one on.</summary>
internal static class LockBatchStreams
{
    public const string Timer = "lock_batch";

    /// <summary>When whoever carries out a batch has died, somebody else goes on after this long.</summary>
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(5);

    public static EventCatalogue Catalogue { get; } =
        new(
            ("lock_batch.requested.v1", LockBatchJson.Default.LockBatchRequested),
            ("lock_batch.approved.v1", LockBatchJson.Default.LockBatchApproved),
            ("lock_batch.started.v1", LockBatchJson.Default.LockBatchStarted),
            ("lock_batch.ordered.v1", LockBatchJson.Default.LockBatchOrdered),
            ("lock_batch.cancelled.v1", LockBatchJson.Default.LockBatchCancelled),
            ("lock_batch.dropped.v1", LockBatchJson.Default.LockBatchDropped),
            ("lock_batch.release_requested.v1", LockBatchJson.Default.LockBatchReleaseRequested),
            ("lock_batch.release_approved.v1", LockBatchJson.Default.LockBatchReleaseApproved),
            ("lock_batch.released.v1", LockBatchJson.Default.LockBatchReleased)
        );

    public static StreamKind<LockBatchState, ILockBatchEvent> Kind { get; } =
        new(
            "lock_batch",
            Catalogue,
            LockBatchJson.Default.LockBatchState,
            new LockBatchState(),
            LockBatchState.Apply,
            Project
        );

    private static void Project(Views views, Projection<LockBatchState, ILockBatchEvent> p)
    {
        var (asked, status) = (p.After.Asked!, p.After.Status);
        views.Write(
            "INSERT INTO lock_batches VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE SET status = excluded.status",
            p.Id,
            asked.Place,
            asked.Person,
            Words.Of(status),
            asked.At?.ToUnixTimeMilliseconds()
        );
        var due = status switch
        {
            LockBatchStatus.AwaitingApproval => asked.LapsesAt,
            LockBatchStatus.Scheduled => asked.At,
            LockBatchStatus.Running or LockBatchStatus.Releasing => p.At + TakeOver,
            _ => null,
        };
        if (due is { } at)
        {
            Timers.Set(views, Timer, p.Id, at);
        }
        else
        {
            Timers.Cancel(views, Timer, p.Id);
        }
    }
}
