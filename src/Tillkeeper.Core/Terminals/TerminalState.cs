using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Core.Terminals;

/// <summary>A lock as the server mirrors it.</summary>
/// <param name="RequestedBy">The first of two people, while the second is awaited.</param>
/// <param name="ReleaseOrder">The number of the order that will end it.</param>
/// <param name="BatchId">The selector order it belongs to, if any.</param>
/// <param name="CodeIssued">True once a one-time code for it was read out.</param>
/// <param name="Source">The foreign system that reported the work behind it, if one did.</param>
/// <param name="RequestedAt">When the first of two people asked.</param>
public sealed record TrackedLock(
    Lock Lock,
    string? RequestedBy = null,
    long? ReleaseOrder = null,
    string? BatchId = null,
    bool CodeIssued = false,
    string? Source = null,
    DateTimeOffset? RequestedAt = null
)
{
    /// <summary>Who asked for the release as the first of two people; null when nobody did, or it has lapsed.</summary>
    public string? FirstOfTwo(DateTimeOffset now) =>
        now - RequestedAt < LockOrders.SecondPersonWithin ? RequestedBy : null;

    /// <summary>True while a signed order that ends it is out. A decision that waits for another terminal has none.</summary>
    [JsonIgnore]
    public bool IsReleaseOut => ReleaseOrder is not null && Lock.Status == LockStatus.Releasing;

    /// <summary>True when people have let this very terminal end it, by an order or by a code.</summary>
    [JsonIgnore]
    public bool MayEnd => IsReleaseOut || CodeIssued;

    internal TrackedLock Revise(LockRevision revision) =>
        this with
        {
            Lock = Lock with
            {
                ExpectedEnd = revision.ExpectedEnd ?? Lock.ExpectedEnd,
                Progress = revision.Percent ?? Lock.Progress,
            },
        };
}

/// <summary>A lock of the server's that an order of this epoch put up, and that has ended since.</summary>
/// <param name="Lock">As it was on record here, never as a terminal tells it.</param>
/// <param name="Decided">True when people decided its end; false when the terminal could end it by itself.</param>
public sealed record PastLock(Lock Lock, bool Decided);

/// <summary>An order that has not had its turn at the terminal yet.</summary>
public sealed record OpenOrder(
    long Number,
    string Kind,
    DateTimeOffset IssuedAt,
    string? LockId = null,
    DateTimeOffset? ExpiresAt = null,
    WayOut? WayOut = null,
    string? CaseId = null
)
{
    /// <summary>True when it ends a lock.</summary>
    [JsonIgnore]
    public bool Ends => Kind is OrderKind.Release or OrderKind.PasscodeReset;
}

/// <summary>The server's fold of a terminal.</summary>
public sealed record TerminalState
{
    // Before Empty, which holds it.
    private static readonly ImmutableSortedDictionary<string, Finding> NoFindings =
        ImmutableSortedDictionary.Create<string, Finding>(StringComparer.Ordinal);

    public static TerminalState Empty { get; } = new();

    /// <summary>Locks of the terminal, and as many of its operators, that are mirrored. Those beyond deny nothing new.</summary>
    public const int MostMirrored = 64;

    /// <summary>Orders that may wait for the terminal before nobody can add another.</summary>
    public const int MostOpenOrders = 1000;

    /// <summary>How many ended locks, and codes for locks unknown here, are remembered.</summary>
    public const int Remembered = 64;

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

    /// <summary>The newest of the server's locks that ended in this epoch, oldest first: the terminal may meet them again.</summary>
    public ImmutableList<PastLock> PastLocks
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Locks not known here yet for which a code was read out: the terminal will report their begin later.</summary>
    public ImmutableList<string> CodesOut
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The last update that was ordered, and how far the terminal says it is.</summary>
    public TrackedUpdate? Update { get; init; }

    /// <summary>The version that runs there, as the terminal last said.</summary>
    public string? Software { get; init; }

    /// <summary>What the terminal last said of its own parts, in this epoch.</summary>
    public SelfTestRan? SelfTest { get; init; }

    /// <summary>Orders the terminal has not taken yet, oldest first.</summary>
    public ImmutableList<OpenOrder> OpenOrders { get; init; } = [];

    /// <summary>The last of the terminal's own events that is durable here, and its hash.</summary>
    public long ReportedSeq { get; init; }
    public string ReportedHash { get; init; } = JournalChain.Genesis;

    /// <summary>The hash of the event that contradicted the record, so that its repeats raise no second alarm.</summary>
    public string? LastFork { get; init; }

    /// <summary>What rules have found and what is not gone yet, the terminal's own and those judged here; at most <see cref="MostMirrored"/>.</summary>
    public ImmutableSortedDictionary<string, Finding> Findings
    {
        get;
        init => field = value?.WithComparers(StringComparer.Ordinal) ?? NoFindings;
    } = NoFindings;

    /// <summary>The version of the last policy that was ordered.</summary>
    public long PolicyVersion { get; init; }

    /// <summary>The first of two people who vouch for the repair of a tampered terminal, while the second is awaited.</summary>
    public string? RepairRequestedBy { get; init; }

    /// <summary>The terminal that took the place of this one; null while it has its own.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>True from a tamper lock on until two people have vouched for its repair, or decided on a replacement.</summary>
    [JsonIgnore]
    public bool IsTampered =>
        ActiveLocks.Any(l => l.Cause == Cause.Tamper && l.Status != LockStatus.Releasing);

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    [JsonIgnore]
    public bool IsEnrolled => Epoch > 0 && !Revoked;

    [JsonIgnore]
    public IEnumerable<Lock> ActiveLocks => Locks.Values.Select(l => l.Lock);
}
