using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Cases;

[JsonConverter(typeof(SnakeCaseEnum<CaseStatus>))]
public enum CaseStatus
{
    Open,
    Approved,
    Refused,
    Closed,
}

/// <summary>The fold of a case.</summary>
public sealed partial record CaseState
{
    public static CaseState Empty { get; } = new();

    /// <summary>Codes one case may have read out, each for another challenge.</summary>
    public const int MostCodes = 5;

    /// <summary>Documents one case may hold, replaced ones included.</summary>
    public const int MostDocuments = 50;

    public string Id { get; init; } = "";
    public string Terminal { get; init; } = "";
    public string LockId { get; init; } = "";
    public Cause Cause { get; init; }
    public WayOut WayOut { get; init; }
    public CaseStatus Status { get; init; }
    public string OpenedBy { get; init; } = "";
    public DateTimeOffset OpenedAt { get; init; }
    public bool ByChallenge { get; init; }
    public ApplicantRef? Applicant { get; init; }
    public string? Note { get; init; }

    /// <summary>Everyone who put something into the case; none of them decides it.</summary>
    public ImmutableSortedSet<string> Contributors
    {
        get;
        init => field = value.WithComparer(StringComparer.Ordinal);
    } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    public ImmutableSortedSet<string> Documents
    {
        get;
        init => field = value.WithComparer(StringComparer.Ordinal);
    } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>How many documents were attached, replaced ones included.</summary>
    public int Attached { get; init; }
    public CaseDecided? Decision { get; init; }
    public ImmutableList<string> CodesFor { get; init; } = [];
    public bool Released { get; init; }
    public bool PasscodeSet { get; init; }

    /// <summary>The operator has signed in after the reset while further locks still stood.</summary>
    public bool SignedIn { get; init; }
    public string? Result { get; init; }

    [JsonIgnore]
    public bool Exists => Id.Length > 0;

    /// <summary>True while something may still happen in it.</summary>
    [JsonIgnore]
    public bool IsUnsettled => Exists && Status is CaseStatus.Open or CaseStatus.Approved;

    /// <summary>What is asked for and is not attached (W1).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Missing =>
        Identity is { CallBackSuffices: true } && IsConfirmed
            ? []
            : [.. AskedDocuments.Where(k => !Documents.Contains(k))];

    private IReadOnlyList<string> AskedDocuments =>
        Identity?.Documents
        ?? (WayOut == WayOut.PasswordReset ? DocumentKinds.ForPasswordReset : []);

    public static CaseState Apply(CaseState state, ICaseEvent happened) =>
        happened switch
        {
            CaseOpened e => new CaseState
            {
                Id = e.Case,
                Terminal = e.Terminal,
                LockId = e.LockId,
                Cause = e.Cause,
                WayOut = e.WayOut,
                OpenedBy = e.Person,
                OpenedAt = e.At,
                ByChallenge = e.ByChallenge,
                Applicant = e.Applicant,
                Note = e.Note,
                Number = e.Number,
                Due = e.Due,
                Identity = e.Identity,
                Contributors = state.Contributors.Add(e.Person),
            },
            DocumentAttached e => state with
            {
                Documents = state.Documents.Add(e.Kind),
                Attached = state.Attached + 1,
                Contributors = state.Contributors.Add(e.Person),
            },
            CaseDecided e => state with
            {
                Status =
                    e.Outcome == CaseOutcome.Approve ? CaseStatus.Approved : CaseStatus.Refused,
                Decision = e,
            },
            DocumentRead => state,
            CodeIssued e => state with { CodesFor = state.CodesFor.Add(e.ChallengeNonce) },
            CaseProgressed { Step: CaseStep.Released } => state with { Released = true },
            CaseProgressed { Step: CaseStep.PasscodeSet } => state with { PasscodeSet = true },
            CaseProgressed { Step: CaseStep.SignedIn } => state with { SignedIn = true },
            CaseClosed e => state with
            {
                Status =
                    state.Status == CaseStatus.Refused ? CaseStatus.Refused : CaseStatus.Closed,
                Result = e.Result,
            },
            _ => ApplyIdentity(state, happened) ?? ApplyLife(state, happened),
        };
}

/// <summary>Kinds of document that prove an identity.</summary>
public static class DocumentKinds
{
    public static IReadOnlyList<string> All { get; } =
    [
        "business_licence",
        "identity_card",
        "passport",
        "permit",
        "terminal_photo",
        "lease",
        "transaction_slip",
        "other",
    ];

    public static IReadOnlyList<string> ForPasswordReset { get; } =
    ["business_licence", "identity_card"];
}
