using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Investigations;

/// <summary>Something that happened in an investigation (W8).</summary>
internal interface IInvestigationEvent;

/// <summary>One lock that is looked into.</summary>
internal sealed record LockRef(string Terminal, string LockId);

/// <param name="Place">The lowest place in the tree that holds all the locks.</param>
/// <param name="Batch">The order for many terminals that put them up, if one did.</param>
internal sealed record InvestigationOpened(
    string Investigation,
    string Place,
    IReadOnlyList<LockRef> Locks,
    string Summary,
    string Person,
    DateTimeOffset At,
    string? Batch = null
) : IInvestigationEvent;

/// <summary>What was found; a later finding takes the place of an earlier one.</summary>
/// <param name="Corrected">The true cause, where the lock named another; null when it was confirmed.</param>
/// <param name="Factors">What contributed to it.</param>
internal sealed record CauseFound(
    IReadOnlyList<string> Factors,
    string Person,
    DateTimeOffset At,
    Cause? Corrected = null
) : IInvestigationEvent;

/// <param name="Action">Counted from 1 within the investigation.</param>
/// <param name="Owner">Who does it: a person's id.</param>
internal sealed record ActionPlanned(
    int Action,
    string What,
    string Owner,
    DateTimeOffset Due,
    string Person,
    DateTimeOffset At
) : IInvestigationEvent;

internal sealed record ActionDone(int Action, string Person, DateTimeOffset At)
    : IInvestigationEvent;

/// <summary>The day of the action is over, and it is not done.</summary>
internal sealed record ActionOverdue(int Action, DateTimeOffset At) : IInvestigationEvent;

/// <summary>A change of a policy that came of it.</summary>
/// <param name="Target">E.g. <c>provider</c>.</param>
internal sealed record PolicyLinked(string Target, long Revision, string Person, DateTimeOffset At)
    : IInvestigationEvent;

/// <param name="FalseLock">True when the terminals should not have been locked.</param>
internal sealed record InvestigationClosed(
    string Conclusion,
    bool FalseLock,
    string Person,
    DateTimeOffset At
) : IInvestigationEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(InvestigationState))]
[JsonSerializable(typeof(InvestigationOpened))]
[JsonSerializable(typeof(CauseFound))]
[JsonSerializable(typeof(ActionPlanned))]
[JsonSerializable(typeof(ActionDone))]
[JsonSerializable(typeof(ActionOverdue))]
[JsonSerializable(typeof(PolicyLinked))]
[JsonSerializable(typeof(InvestigationClosed))]
internal sealed partial class InvestigationJson : JsonSerializerContext;
