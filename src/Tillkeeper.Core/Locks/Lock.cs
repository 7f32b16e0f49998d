using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Locks;

/// <summary>Whom a lock stops: the whole terminal, or one operator at it.</summary>
/// <param name="Kind"><c>terminal</c> or <c>operator</c>.</param>
/// <param name="Operator">
/// The operator's opaque id (never a name outside the terminal); null for the terminal.
/// </param>
public sealed record Subject(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Operator = null
)
{
    public static Subject Terminal { get; } = new("terminal");

    public static Subject OfOperator(string id) => new("operator", id);

    [JsonIgnore]
    public bool IsTerminal => Operator is null;
}

/// <summary>What is known about why a lock was raised. Holds no secret and no personal data.</summary>
/// <param name="Operator">The opaque id of the operator concerned, when one is known.</param>
/// <param name="Attempts">How many wrong attempts led to it.</param>
/// <param name="Reason">What the person who ordered it gave as the reason, or what the sensor saw.</param>
/// <param name="Rule">The rule that raised it.</param>
/// <param name="Part">The part of the terminal concerned.</param>
/// <param name="People">The opaque ids of who ordered it, in the order in which they decided; null when no person did.</param>
/// <param name="Facts">What the rule saw, by name, e.g. <c>sales: 140</c>; at most <see cref="MostFacts"/>.</param>
public sealed record Evidence(
    string? Operator = null,
    int? Attempts = null,
    string? Reason = null,
    Rules.RuleName? Rule = null,
    string? Part = null,
    ImmutableSortedDictionary<string, string>? Facts = null,
    IReadOnlyList<string>? People = null
)
{
    public const int MostFacts = 12;

    public static Evidence None { get; } = new();
}

/// <summary>
/// One active reason why a terminal, or one operator at it, may not do something (锁定). Several stand side by side;
/// each ends only by one of its own ways out, and ending one never touches another (B1).
/// </summary>
public sealed record Lock
{
    /// <summary>Ten characters of Crockford base 32 (50 bits), unique at its terminal.</summary>
    public required string Id { get; init; }
    public required Cause Cause { get; init; }
    public required Subject Subject { get; init; }

    [JsonConverter(typeof(EnumSetJson<Capability>))]
    public required EnumSet<Capability> Scope { get; init; }
    public required LockOwner Owner { get; init; }
    public required LockStatus Status { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? ExpectedEnd { get; init; }

    /// <summary>How far the work is that it waits for, 0 to 100; null where nobody can tell.</summary>
    public int? Progress { get; init; }

    [JsonConverter(typeof(EnumSetJson<WayOut>))]
    public required EnumSet<WayOut> WaysOut { get; init; }

    /// <summary>What the person who ordered the lock wants the shop to read; null when the standard text says it all.</summary>
    public string? Message { get; init; }

    /// <summary>What led to it; nothing when a terminal's report leaves it out.</summary>
    public Evidence Evidence
    {
        get;
        init => field = value ?? Evidence.None;
    } = Evidence.None;

    /// <summary>The short code that is the same on the screen, in the handbook and on the phone, e.g. <c>E01</c>.</summary>
    [JsonIgnore]
    public string Code => LockTable.Of(Cause).Code;

    [JsonIgnore]
    public Severity Severity => LockTable.Of(Cause).Severity;

    /// <summary>The gravest first; among equals, the oldest.</summary>
    public static IEnumerable<Lock> GravestFirst(IEnumerable<Lock> locks) =>
        locks
            .OrderByDescending(l => l.Severity)
            .ThenBy(l => l.Since)
            .ThenBy(l => l.Id, StringComparer.Ordinal);
}
