using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Policies;

/// <summary>
/// How a caller's identity is proved before a case is approved (W1). What the caller alone supplies, documents included, can be stolen or
/// forged; a call to the number on file cannot be answered by somebody who only has the papers.
/// </summary>
public sealed record IdentityRule
{
    /// <summary>Approve only with the documents below and a proof that the caller did not bring; otherwise it is shown what is missing.</summary>
    public bool IndependentProof { get; init; }

    /// <summary>A confirmed call to the number on file makes the documents unnecessary.</summary>
    public bool CallBackSuffices { get; init; } = true;

    /// <summary>Days after a change of the contact on file in which two people must approve; 0 switches it off.</summary>
    public int RecentContactDays { get; init; } = 14;

    /// <summary>Kinds of document for locks after wrong passcodes; null: <c>business_licence</c> and <c>identity_card</c>.</summary>
    public IReadOnlyList<string>? WrongPasswordDocuments { get; init; }

    /// <summary>Kinds of document for locks by place or network; null: none.</summary>
    public IReadOnlyList<string>? LocationDocuments { get; init; }

    /// <summary>Kinds of document for the provider's own locks and those of its rules; null: none.</summary>
    public IReadOnlyList<string>? RemoteDocuments { get; init; }

    /// <summary>Kinds of document for a doubtful device: binding and unknown state; null: none.</summary>
    public IReadOnlyList<string>? BindingDocuments { get; init; }

    /// <summary>What a case asks for, as it stands when the case is opened.</summary>
    public IdentityAsked Asked(Cause cause, WayOut wayOut) =>
        new(Documents(cause, wayOut) ?? [], IndependentProof, CallBackSuffices);

    private IReadOnlyList<string>? Documents(Cause cause, WayOut wayOut) =>
        cause switch
        {
            Cause.WrongPassword when wayOut == WayOut.PasswordReset => WrongPasswordDocuments
                ?? DocumentKinds.ForPasswordReset,
            Cause.WrongPassword => WrongPasswordDocuments,
            Cause.LocationAnomaly or Cause.NetworkAnomaly => LocationDocuments,
            Cause.Remote or Cause.Anomaly => RemoteDocuments,
            Cause.Binding or Cause.StateUnknown => BindingDocuments,
            _ => null,
        };
}
