using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>Something that happened to a lock ordered for several terminals, for later, or by two people.</summary>
internal interface ILockBatchEvent;

/// <summary>What the lock will say, the same on every terminal.</summary>
internal sealed record BatchLock(
    Cause Cause,
    [property: JsonConverter(typeof(EnumSetJson<Capability>))] EnumSet<Capability> Scope,
    string Reason,
    string? Message = null,
    DateTimeOffset? ExpectedEnd = null
);

/// <param name="Place">Where it stands in the tree: who stands above sees it.</param>
/// <param name="Within">Whose terminals the selector may find at all.</param>
/// <param name="Terminals">How many it found; never more are locked, however many fit the selector later.</param>
/// <param name="At">When it is to begin; null for at once.</param>
/// <param name="LapsesAt">Until when a second person has to agree; null when nobody has to.</param>
internal sealed record LockBatchRequested(
    string Place,
    string Person,
    string Within,
    TerminalSelector Selector,
    BatchLock Lock,
    int Terminals,
    DateTimeOffset? At = null,
    DateTimeOffset? LapsesAt = null
) : ILockBatchEvent;

/// <summary>The second person agreed.</summary>
internal sealed record LockBatchApproved(string Person) : ILockBatchEvent;

/// <summary>Its time has come.</summary>
internal sealed record LockBatchStarted : ILockBatchEvent;

/// <summary>One chunk of terminals was ordered to lock.</summary>
/// <param name="Last">The last terminal looked at; the next chunk begins after it.</param>
/// <param name="Refused">Terminals that could not be given an order, at most a chunk of them.</param>
/// <param name="Done">True when no terminal is left.</param>
internal sealed record LockBatchOrdered(
    string Last,
    int Ordered,
    IReadOnlyList<string> Refused,
    bool Done
) : ILockBatchEvent;

internal sealed record LockBatchCancelled(string Person) : ILockBatchEvent;

/// <param name="Why"><c>lapsed</c>, <c>no_right</c> or <c>nothing_matches</c>.</param>
internal sealed record LockBatchDropped(string Why) : ILockBatchEvent;

/// <summary>The first of two people wants all its locks released.</summary>
internal sealed record LockBatchReleaseRequested(string Person, string Reason) : ILockBatchEvent;

internal sealed record LockBatchReleaseApproved(string Person, string Reason) : ILockBatchEvent;

/// <summary>One chunk of its locks was ordered to end. <paramref name="Skipped"/>: gone already, or with no such way out.</summary>
internal sealed record LockBatchReleased(string Last, int Ordered, int Skipped, bool Done)
    : ILockBatchEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(LockBatchState))]
[JsonSerializable(typeof(LockBatchRequested))]
[JsonSerializable(typeof(LockBatchApproved))]
[JsonSerializable(typeof(LockBatchStarted))]
[JsonSerializable(typeof(LockBatchOrdered))]
[JsonSerializable(typeof(LockBatchCancelled))]
[JsonSerializable(typeof(LockBatchDropped))]
[JsonSerializable(typeof(LockBatchReleaseRequested))]
[JsonSerializable(typeof(LockBatchReleaseApproved))]
[JsonSerializable(typeof(LockBatchReleased))]
[JsonSerializable(typeof(LockQuotaState))]
[JsonSerializable(typeof(LocksCharged))]
[JsonSerializable(typeof(LocksRefunded))]
internal sealed partial class LockBatchJson : JsonSerializerContext;
