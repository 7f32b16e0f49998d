using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Terminals;

/// <summary>Something that happened to a terminal, as the server's log tells it.</summary>
public interface ITerminalEvent;

/// <summary>An acquirer's name for this terminal (Yinfa [2021] No. 259: one terminal, one serial, bound to codes).</summary>
public sealed record Binding(string Acquirer, string Mid, string Tid);

public sealed record Location(double Lat, double Lon, double RadiusM);

public sealed record Warranty(DateOnly PurchasedOn, int Months);

/// <summary>What an organisation knows of its terminal; what an import repeats.</summary>
public sealed record TerminalProfile
{
    public required string MerchantId { get; init; }
    public required string Model { get; init; }
    public string? ExternalId { get; init; }
    public IReadOnlyList<Binding> Bindings
    {
        get;
        init => field = value ?? [];
    } = [];
    public Location? Location { get; init; }
    public IReadOnlyList<string> Networks
    {
        get;
        init => field = value ?? [];
    } = [];
    public Warranty? Warranty { get; init; }

    /// <summary>Which of the merchant's stores it stands in; terminals of one merchant with the same name stand in the same.</summary>
    public string? Store { get; init; }
}

public sealed record TerminalRegistered(string Terminal, string Serial, TerminalProfile Profile)
    : ITerminalEvent;

public sealed record TerminalChanged(TerminalProfile Profile) : ITerminalEvent;

/// <param name="CodeHash">Lower-case hex of SHA-256 of the code; the code itself is shown once and kept nowhere.</param>
public sealed record EnrolmentCodeIssued(string CodeHash, DateTimeOffset ExpiresAt)
    : ITerminalEvent;

/// <param name="KeyHash">Lower-case hex of SHA-256 of the terminal's public key (SPKI).</param>
public sealed record TerminalEnrolled(int Epoch, string KeyHash, string CertificateSerial)
    : ITerminalEvent;

public sealed record CertificateRenewed(string KeyHash, string CertificateSerial) : ITerminalEvent;

public sealed record TerminalRevoked(string Reason) : ITerminalEvent;

/// <summary>A lock that the server owns: it wants the terminal to put it up.</summary>
/// <param name="BatchId">The selector order it belongs to, if any.</param>
/// <param name="Source">The foreign system that reported the work behind it, if one did.</param>
public sealed record LockOrdered(
    Lock Lock,
    string Reason,
    string? BatchId = null,
    string? Source = null
) : ITerminalEvent;

/// <summary>A lock that the server owns got a new expected end, or its work got on: the terminal is told by an order.</summary>
public sealed record ServerLockRevised(string LockId, LockRevision Revision) : ITerminalEvent;

/// <summary>The first of two people asked for the release.</summary>
/// <param name="At">The second one's must follow within <see cref="LockOrders.SecondPersonWithin"/>.</param>
public sealed record ReleaseRequested(
    string LockId,
    string Person,
    string Reason,
    DateTimeOffset? At = null
) : ITerminalEvent;

/// <param name="People">Who decided it, in order.</param>
public sealed record ReleaseOrdered(
    string LockId,
    WayOut WayOut,
    IReadOnlyList<string> People,
    string Reason
) : ITerminalEvent;

/// <summary>
/// A one-time code that ends this lock was read out: from now on its end by a code is believed. The lock may be unknown here so far.
/// </summary>
public sealed record CodeReadOut(string LockId) : ITerminalEvent;

/// <summary>A numbered order went out; <paramref name="Order"/> is exactly what is signed.</summary>
public sealed record OrderIssued(Order Order) : ITerminalEvent;

/// <summary>One of the terminal's own events, as it reported it.</summary>
/// <param name="Hash">Computed here from the bytes received (see <see cref="Device.JournalChain"/>).</param>
public sealed record TerminalReported(
    long Seq,
    string Prev,
    string Hash,
    string Type,
    string At,
    JsonElement Data
) : ITerminalEvent
{
    /// <summary>
    /// What it says, as Core knows it; null when its name or shape is not known here. Read once, where the event is made: several folds look
    /// at it, and the one who decides has no time to lose.
    /// </summary>
    [JsonIgnore]
    public object? Said { get; } = EventCatalogue.Device.TryRead(Type, Data);
}

/// <summary>The terminal reported something that contradicts what it reported before: two devices share one identity.</summary>
public sealed record ForkFound(long Seq, string Expected, string Got) : ITerminalEvent;

/// <summary>A rule that is judged here found something about this terminal; a lock that it led to is ordered beside.</summary>
public sealed record RuleFoundHere(
    RuleName Rule,
    FindingEffect Effect,
    Evidence Evidence,
    [property: JsonConverter(typeof(EnumSetJson<Capability>))] EnumSet<Capability> Scope,
    DateTimeOffset At,
    string? Part = null,
    string? LockId = null
) : ITerminalEvent;

/// <summary>What such a rule had found is gone.</summary>
public sealed record RuleClearedHere(RuleName Rule, string? Part = null) : ITerminalEvent;
