using System.Text.Json.Serialization;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Cases;

/// <summary>What a case asks for to prove an identity, frozen when it is opened.</summary>
/// <param name="Documents">Kinds of document.</param>
/// <param name="IndependentProof">Whether it is refused without a proof that the caller did not bring.</param>
/// <param name="CallBackSuffices">Whether a confirmed call to the number on file makes the documents unnecessary.</param>
public sealed record IdentityAsked(
    IReadOnlyList<string> Documents,
    bool IndependentProof,
    bool CallBackSuffices
);

/// <summary>Somebody was shown the number on file, to call it.</summary>
/// <param name="Number">1 for the first of the case.</param>
/// <param name="Contact">The id of the contact's data: a call proves nothing once the contact was changed.</param>
public sealed record CallBackStarted(int Number, string Contact, string Person, DateTimeOffset At)
    : ICaseEvent;

[JsonConverter(typeof(SnakeCaseEnum<CallBackOutcome>))]
public enum CallBackOutcome
{
    /// <summary>The shop confirms that it asks for this.</summary>
    Confirmed,

    /// <summary>The shop knows nothing of it: somebody else asks in its name.</summary>
    Denied,
    NotReached,
}

public sealed record CallBackEnded(int Number, CallBackOutcome Outcome, string Person) : ICaseEvent;

/// <summary>What was presented was laid beside the merchant's file; neither of them is in the log.</summary>
public sealed record IdentityCompared(IReadOnlyList<FieldMatch> Fields, string Person) : ICaseEvent;

/// <param name="Field">E.g. <c>name</c> or <c>legal_representative</c>.</param>
public sealed record FieldMatch(string Field, Likeness Likeness);

/// <summary>The image of a document is already in another case.</summary>
public sealed record DocumentSeenBefore(
    string DocumentId,
    string Kind,
    string OtherCase,
    string OtherDocument
) : ICaseEvent;

/// <summary>The first of two people approves; another one must too.</summary>
public sealed record CaseApprovalRequested(string Person, string Reason) : ICaseEvent;
