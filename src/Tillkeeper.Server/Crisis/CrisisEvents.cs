using System.Text.Json.Serialization;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Crisis;

/// <summary>Something that happened in a crisis.</summary>
internal interface ICrisisEvent;

/// <summary>Many were locked at once: by a rule, or by one order to many.</summary>
/// <param name="Since">What the rule locked from here on belongs to it.</param>
/// <param name="Locked">Terminals locked so far.</param>
/// <param name="Fleet">Terminals that are enrolled.</param>
/// <param name="Stopped">True when the breaker has set the rule to shadow already.</param>
/// <param name="Person">Who opened it; null for the breaker.</param>
internal sealed record CrisisOpened(
    string Crisis,
    DateTimeOffset Since,
    int Locked,
    int Fleet,
    string Reason,
    bool Stopped,
    RuleName? Rule = null,
    string? Batch = null,
    string? Person = null
) : ICrisisEvent;

/// <summary>What the locked ones have in common, as far as known then.</summary>
/// <param name="Again">When to look once more; null when nothing is growing any longer.</param>
internal sealed record CrisisAnalysed(
    int Locked,
    IReadOnlyList<Factor> Factors,
    DateTimeOffset? Again = null
) : ICrisisEvent;

/// <summary>The first of two people asked to stop the rule.</summary>
internal sealed record StopRequested(string Person, string Reason) : ICrisisEvent;

/// <summary>The rule only records from now on, everywhere.</summary>
internal sealed record RuleStopped(IReadOnlyList<string> People, string Reason) : ICrisisEvent;

/// <summary>
/// The rule was set again after it had been stopped, and locked too many again: what it locked after <paramref name="Until"/> belongs to
/// <paramref name="Next"/>.
/// </summary>
internal sealed record CrisisBounded(DateTimeOffset Until, string Next) : ICrisisEvent;

/// <summary>The first of two people asked to undo the locks.</summary>
internal sealed record UndoRequested(string Person, string Reason) : ICrisisEvent;

/// <summary>Two people decided to release what was locked up to <paramref name="Until"/>, and nothing else.</summary>
internal sealed record UndoOrdered(
    IReadOnlyList<string> People,
    string Reason,
    DateTimeOffset Until
) : ICrisisEvent;

/// <summary>A part of the locks had its turn.</summary>
internal sealed record UndoAdvanced(IReadOnlyList<UndoStep> Steps, DateTimeOffset Again)
    : ICrisisEvent;

/// <summary>Every lock had its turn. What the terminals have confirmed shows in the terminals.</summary>
internal sealed record UndoFinished : ICrisisEvent;

/// <summary>One message to every shop concerned.</summary>
internal sealed record MessageSet(string Person, string Text) : ICrisisEvent;

/// <summary>Nothing is left to do; what the rule locks from here on is a matter of its own.</summary>
internal sealed record CrisisClosed(string Person, string Reason, DateTimeOffset Until)
    : ICrisisEvent;

/// <summary>What became of one lock when the crisis was undone.</summary>
[JsonConverter(typeof(SnakeCaseEnum<UndoOutcome>))]
internal enum UndoOutcome
{
    /// <summary>A signed release is on its way.</summary>
    Ordered,

    /// <summary>It had ended, or was being released, before its turn came.</summary>
    Gone,

    /// <summary>No decision of the provider's ends it (tampering, or it ends by itself alone).</summary>
    Impossible,

    /// <summary>Another lock that a terminal passed off as one of these; it stands.</summary>
    Foreign,
}

internal sealed record UndoStep(string Terminal, string LockId, UndoOutcome Outcome);

/// <summary>Something many of the locked terminals share.</summary>
/// <param name="Name"><c>version</c>, <c>model</c>, <c>org</c>, <c>merchant</c>, <c>network</c> or <c>part</c>.</param>
/// <param name="Locked">How many of the locked terminals have it.</param>
/// <param name="LockedShare">The same as a share, 0 to 1.</param>
/// <param name="FleetShare">Its share of the whole fleet; null where the fleet is not known by it.</param>
internal sealed record Factor(
    string Name,
    string Value,
    int Locked,
    double LockedShare,
    double? FleetShare = null
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(CrisisState))]
[JsonSerializable(typeof(CrisisOpened))]
[JsonSerializable(typeof(CrisisAnalysed))]
[JsonSerializable(typeof(StopRequested))]
[JsonSerializable(typeof(RuleStopped))]
[JsonSerializable(typeof(CrisisBounded))]
[JsonSerializable(typeof(UndoRequested))]
[JsonSerializable(typeof(UndoOrdered))]
[JsonSerializable(typeof(UndoAdvanced))]
[JsonSerializable(typeof(UndoFinished))]
[JsonSerializable(typeof(MessageSet))]
[JsonSerializable(typeof(CrisisClosed))]
internal sealed partial class CrisisJson : JsonSerializerContext;
