using System.Text.Json.Serialization;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Complaints;

/// <summary>What a complaint is about (W7, B10).</summary>
[JsonConverter(typeof(SnakeCaseEnum<ComplaintKind>))]
internal enum ComplaintKind
{
    Lock,
    Decision,
    Delay,

    /// <summary>A report that somebody broke a rule.</summary>
    Violation,
}

/// <summary>Who has it on the table. From <see cref="Hotline"/> on these are offices outside, in the order in which they are gone to.</summary>
[JsonConverter(typeof(SnakeCaseEnum<ComplaintLevel>))]
internal enum ComplaintLevel
{
    /// <summary>An independent reviewer of the provider.</summary>
    Reviewer,

    /// <summary>The provider's management.</summary>
    Management,

    /// <summary>The consumer hotline 12315.</summary>
    Hotline,
    MarketRegulation,
    TaxAuthority,
    PaymentRegulator,
}

[JsonConverter(typeof(SnakeCaseEnum<ComplaintOutcome>))]
internal enum ComplaintOutcome
{
    /// <summary>What was done stays as it is.</summary>
    Upheld,

    /// <summary>What was done was wrong.</summary>
    Overturned,
}

/// <summary>Something that happened to a complaint.</summary>
internal interface IComplaintEvent;

/// <param name="Text">What was written; kept beside the log, encrypted and erasable.</param>
/// <param name="Involved">Who ordered, opened, fed or decided what it is about: none of them reviews it.</param>
/// <param name="ByProvider">True for a lock that somebody at the provider, or one of its rules, put up.</param>
/// <param name="Due">Until when the reviewer answers.</param>
internal sealed record ComplaintOpened(
    string Complaint,
    ComplaintKind Kind,
    string Place,
    ApplicantRef Text,
    IReadOnlyList<string> Involved,
    string Person,
    DateTimeOffset At,
    DateTimeOffset Due,
    string? Terminal = null,
    string? LockId = null,
    string? CaseId = null,
    Cause? Cause = null,
    bool ByProvider = false
) : IComplaintEvent;

/// <summary>It went one level up: its time was over, or a person took it there.</summary>
/// <param name="Due">Until when an answer is promised, or can be expected of an office outside; null when nothing follows.</param>
/// <param name="Person">Who took it there; null when the clock did.</param>
internal sealed record ComplaintEscalated(
    ComplaintLevel To,
    DateTimeOffset At,
    DateTimeOffset? Due = null,
    string? Person = null
) : IComplaintEvent;

/// <param name="Release">What became of the lock: <c>ordered</c>, <c>second_person_required</c>, <c>none</c>, or why not.</param>
internal sealed record ComplaintReviewed(
    ComplaintOutcome Outcome,
    string Person,
    string Reason,
    string Release,
    DateTimeOffset At
) : IComplaintEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(ComplaintState))]
[JsonSerializable(typeof(ComplaintOpened))]
[JsonSerializable(typeof(ComplaintEscalated))]
[JsonSerializable(typeof(ComplaintReviewed))]
internal sealed partial class ComplaintJson : JsonSerializerContext;
