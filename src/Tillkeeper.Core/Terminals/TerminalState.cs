using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Terminals;

/// <summary>A lock as the server mirrors it.</summary>
/// <param name="RequestedBy">The first of two people, while the second is awaited.</param>
/// <param name="ReleaseOrder">The number of the order that will end it.</param>
/// <param name="BatchId">The selector order it belongs to, if any.</param>
public sealed record TrackedLock(
    Lock Lock,
    string? RequestedBy = null,
    long? ReleaseOrder = null,
    string? BatchId = null
);

/// <summary>An order that has not had its turn at the terminal yet.</summary>
public sealed record OpenOrder(
    long Number,
    string Kind,
    DateTimeOffset IssuedAt,
    string? LockId = null,
    DateTimeOffset? ExpiresAt = null,
    WayOut? WayOut = null,
    string? CaseId = null
);

/// <summary>The server's fold of a terminal.</summary>
public sealed record TerminalState
{
    public static TerminalState Empty { get; } = new();

    public string Id { get; init; } = "";
    public string Serial { get; init; } = "";
    public TerminalProfile? Profile { get; init; }
    public int Epoch { get; init; }
    public string? KeyHash { get; init; }
    public string? CertificateSerial { get; init; }
    public bool Revoked { get; init; }
    public string? CodeHash { get; init; }
    public DateTimeOffset? CodeExpiresAt { get; init; }

    /// <summary>True once the code has enrolled a key; the same code with the same key is still answered.</summary>
    public bool CodeUsed { get; init; }

    /// <summary>By id, in ordinal order also after a trip through JSON.</summary>
    public ImmutableSortedDictionary<string, TrackedLock> Locks
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, TrackedLock>(StringComparer.Ordinal);
    public long LastOrder { get; init; }

    /// <summary>Orders the terminal has not taken yet, oldest first.</summary>
    public ImmutableList<OpenOrder> OpenOrders { get; init; } = [];

    /// <summary>The last of the terminal's own events that is durable here, and its hash.</summary>
    public long ReportedSeq { get; init; }
    public string ReportedHash { get; init; } = JournalChain.Genesis;

    /// <summary>The hash of the event that contradicted the record, so that its repeats raise no second alarm.</summary>
    public string? LastFork { get; init; }

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    [JsonIgnore]
    public bool IsEnrolled => Epoch > 0 && !Revoked;

    [JsonIgnore]
    public IEnumerable<Lock> ActiveLocks => Locks.Values.Select(l => l.Lock);
}
