using System.Collections.Immutable;

namespace Tillkeeper.Core.Locks;

/// <summary>
/// How a lock speaks to a worried cashier: each part one or two plain sentences, never an accusation, never a promise that nobody
/// tracks.
/// </summary>
/// <param name="Title">What happened, in plain words, with the short code, e.g. "Operator 03 is paused · E01".</param>
/// <param name="Safe">That money and finished sales are safe; empty when that is not known.</param>
/// <param name="StillWorks">What can still be done, said first.</param>
/// <param name="Now">At most three steps, each doable by the person standing there.</param>
/// <param name="Next">Who acts next and until when.</param>
/// <param name="Warning">A warning against the likely mistake.</param>
public sealed record Explanation(
    string Title,
    string Safe,
    string StillWorks,
    ImmutableArray<string> Now,
    string Next,
    string Warning
);

/// <summary>What a text needs to know beside the lock itself.</summary>
/// <param name="OperatorName">The paused operator's name, where it may be shown; null elsewhere.</param>
/// <param name="Remaining">How long the wait still lasts, when waiting is a way out.</param>
/// <param name="Now">The time of day to compute and show an end from; its offset is the shop's.</param>
/// <param name="SupportPhone">Whom to call.</param>
/// <param name="CodeTriesLeft">Code entries left for this lock.</param>
public sealed record ExplanationContext(
    DateTimeOffset Now,
    string SupportPhone,
    string? OperatorName = null,
    TimeSpan? Remaining = null,
    int CodeTriesLeft = 5
);
