using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Cases;

/// <summary>Something that happened in a case (工单).</summary>
public interface ICaseEvent;

/// <summary>Who asks. The data is kept aside, encrypted and erasable; the log holds its id and a keyed commitment.</summary>
public sealed record ApplicantRef(string PersonalDataId, string Commitment);

/// <param name="ByChallenge">True when only the terminal's challenge proves that the lock exists.</param>
/// <param name="Number">Short, for the telephone: digits with a check digit (<see cref="CaseNumber"/>).</param>
/// <param name="Due">When it is to be settled.</param>
/// <param name="Identity">What is asked for where the policy differs from the standard procedure.</param>
public sealed record CaseOpened(
    string Case,
    string Terminal,
    string LockId,
    Cause Cause,
    WayOut WayOut,
    ApplicantRef Applicant,
    string Person,
    bool ByChallenge,
    DateTimeOffset At,
    string? Note = null,
    string? Number = null,
    DateTimeOffset? Due = null,
    IdentityAsked? Identity = null
) : ICaseEvent;

/// <param name="Kind">E.g. <c>business_licence</c>.</param>
/// <param name="Commitment">Keyed hash of the content, which is encrypted and kept outside the log.</param>
public sealed record DocumentAttached(
    string Kind,
    string DocumentId,
    string Commitment,
    long Bytes,
    string Person
) : ICaseEvent;

[JsonConverter(typeof(SnakeCaseEnum<CaseOutcome>))]
public enum CaseOutcome
{
    Approve,
    Refuse,
}

/// <param name="Missing">Documents that were expected and not there when it was decided.</param>
public sealed record CaseDecided(
    CaseOutcome Outcome,
    string Person,
    string Reason,
    IReadOnlyList<string> Missing,
    DateTimeOffset At
) : ICaseEvent;

/// <summary>A document was shown to a person who may decide the case: looking is an act too.</summary>
public sealed record DocumentRead(string Kind, string DocumentId, string Person) : ICaseEvent;

/// <summary>A one-time code was read out. The code itself is never recorded.</summary>
public sealed record CodeIssued(string ChallengeNonce, DateTimeOffset ExpiresAt, string Person)
    : ICaseEvent;

[JsonConverter(typeof(SnakeCaseEnum<CaseStep>))]
public enum CaseStep
{
    Released,
    PasscodeSet,
    SignedIn,
}

/// <summary>The terminal reported a step towards the end of the case.</summary>
public sealed record CaseProgressed(CaseStep Step) : ICaseEvent;

/// <summary>The case is settled: <c>signed_in</c>, <c>released</c>, <c>refused</c>, <c>merged</c>.</summary>
public sealed record CaseClosed(string Result) : ICaseEvent;
