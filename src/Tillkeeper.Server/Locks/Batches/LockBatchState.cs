using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>Where a batch stands.</summary>
[JsonConverter(typeof(SnakeCaseEnum<LockBatchStatus>))]
internal enum LockBatchStatus
{
    None,

    /// <summary>A second person has to agree.</summary>
    AwaitingApproval,
    Scheduled,

    /// <summary>Its orders are going out.</summary>
    Running,

    /// <summary>Every order is out.</summary>
    Ordered,
    Cancelled,

    /// <summary>It came to nothing: nobody agreed in time, or at its time nothing was left of it.</summary>
    Dropped,

    /// <summary>Its locks are being ordered to end.</summary>
    Releasing,
    Released,
}

/// <summary>The fold of a batch. Its terminals are not in it: a cursor goes through those that the selector finds.</summary>
internal sealed record LockBatchState
{
    public LockBatchStatus Status { get; init; }
    public LockBatchRequested? Asked { get; init; }
    public string? ApprovedBy { get; init; }
    public string Cursor { get; init; } = "";
    public int Ordered { get; init; }
    public int Refused { get; init; }
    public string? Why { get; init; }
    public string? ReleaseAskedBy { get; init; }
    public string? ReleasedBy { get; init; }
    public string? ReleaseReason { get; init; }
    public int Released { get; init; }
    public int Skipped { get; init; }

    [JsonIgnore]
    public bool Exists => Asked is not null;

    /// <summary>Who answers for its locks.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> People =>
        ApprovedBy is null ? [Asked!.Person] : [Asked!.Person, ApprovedBy];

    public static LockBatchState Apply(LockBatchState state, ILockBatchEvent happened) =>
        happened switch
        {
            LockBatchRequested e => new LockBatchState
            {
                Asked = e,
                Status = e switch
                {
                    { LapsesAt: not null } => LockBatchStatus.AwaitingApproval,
                    { At: not null } => LockBatchStatus.Scheduled,
                    _ => LockBatchStatus.Running,
                },
            },
            LockBatchApproved e => state with
            {
                ApprovedBy = e.Person,
                Status = state.Asked!.At is null
                    ? LockBatchStatus.Running
                    : LockBatchStatus.Scheduled,
            },
            LockBatchStarted => state with { Status = LockBatchStatus.Running },
            LockBatchOrdered e => state with
            {
                Cursor = e.Last,
                Ordered = state.Ordered + e.Ordered,
                Refused = state.Refused + e.Refused.Count,
                Status = e.Done ? LockBatchStatus.Ordered : state.Status,
            },
            LockBatchCancelled => state with { Status = LockBatchStatus.Cancelled },
            LockBatchDropped e => state with { Status = LockBatchStatus.Dropped, Why = e.Why },
            LockBatchReleaseRequested e => state with
            {
                ReleaseAskedBy = e.Person,
                ReleaseReason = e.Reason,
            },
            LockBatchReleaseApproved e => state with
            {
                ReleasedBy = e.Person,
                Cursor = "",
                Status = LockBatchStatus.Releasing,
            },
            LockBatchReleased e => state with
            {
                Cursor = e.Last,
                Released = state.Released + e.Ordered,
                Skipped = state.Skipped + e.Skipped,
                Status = e.Done ? LockBatchStatus.Released : state.Status,
            },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}
