using System.Text.Json.Serialization;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Orders;

/// <summary>The kinds of order. A word, not an enum: a terminal must be able to name a kind that it does not know.</summary>
public static class OrderKind
{
    public const string Lock = "lock";
    public const string Release = "release";
    public const string PasscodeReset = "passcode_reset";
    public const string Policy = "policy";
    public const string KeySet = "key_set";
    public const string Update = "update";
    public const string UpdateStop = "update_stop";
    public const string LockRevision = "lock_revision";

    /// <summary>Another terminal has taken the place of this one: forget the identity and its keys.</summary>
    public const string Wipe = "wipe";
}

/// <summary>What a <c>lock</c> order tells the terminal to put up.</summary>
public sealed record OrderedLock
{
    public required Cause Cause { get; init; }

    [JsonConverter(typeof(EnumSetJson<Capability>))]
    public required EnumSet<Capability> Scope { get; init; }

    [JsonConverter(typeof(EnumSetJson<WayOut>))]
    public required EnumSet<WayOut> WaysOut { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? ExpectedEnd { get; init; }
    public int? Progress { get; init; }
    public string? Message { get; init; }

    /// <summary>What the rule that raised it saw; null when people ordered it. Their reason is the provider's and stays there.</summary>
    public Evidence? Evidence { get; init; }
}

/// <summary>What a <c>lock_revision</c> order tells: a new expected end, and how far the work is (0 to 100).</summary>
public sealed record LockRevision(DateTimeOffset? ExpectedEnd = null, int? Progress = null)
{
    /// <summary>The progress, inside its range.</summary>
    internal int? Percent => Progress is { } percent ? Math.Clamp(percent, 0, 100) : null;
}

/// <summary>
/// What every version can read of an order, so that one with words of a newer version still has its turn and does not block those
/// behind it.
/// </summary>
public sealed record OrderHead
{
    public required string Terminal { get; init; }
    public required int Epoch { get; init; }
    public required long Number { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public string? LockId { get; init; }
}

/// <summary>
/// A signed, numbered instruction from server to terminal (指令): the payload of the JWS. Numbers are gapless within an
/// epoch; a terminal applies each once and in order. Lock orders never expire.
/// </summary>
public sealed record Order
{
    public required string Terminal { get; init; }
    public required int Epoch { get; init; }
    public required long Number { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The lock that the order raises or ends.</summary>
    public string? LockId { get; init; }
    public OrderedLock? Lock { get; init; }

    /// <summary>By which way out a release goes; the terminal refuses one that the lock does not have.</summary>
    public WayOut? WayOut { get; init; }
    public string? CaseId { get; init; }
    public Policy? Policy { get; init; }

    /// <summary>A key set signed by the CA (compact JWS), for <c>key_set</c>.</summary>
    public string? KeySet { get; init; }

    /// <summary>What to install, for <c>update</c>.</summary>
    public OrderedUpdate? Update { get; init; }

    /// <summary>Whose update must not begin, for <c>update_stop</c>.</summary>
    public string? Campaign { get; init; }

    /// <summary>What is now known of the work behind a lock of the server's, for <c>lock_revision</c>.</summary>
    public LockRevision? Revision { get; init; }

    /// <summary>How long releases and passcode resets stay good.</summary>
    public static TimeSpan Validity { get; } = TimeSpan.FromDays(7);

    /// <summary>Expired orders consume their number without effect; without trusted time numbers alone decide.</summary>
    public bool IsExpired(DateTimeOffset? trustedNow) =>
        Kind != OrderKind.Lock && ExpiresAt is { } end && trustedNow is { } now && now > end;
}
