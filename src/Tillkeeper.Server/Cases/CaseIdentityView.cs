using Tillkeeper.Core.Cases;

namespace Tillkeeper.Server.Cases;

/// <summary>What is known of the identity of whoever asks, for those who decide.</summary>
/// <param name="IndependentProof">Whether a proof is needed that the caller did not bring.</param>
/// <param name="Confirmed">The number on file has confirmed it.</param>
/// <param name="Denied">The number on file has denied it: it cannot be approved.</param>
/// <param name="Compared">The latest comparison with the merchant's file.</param>
/// <param name="SeenBefore">Documents that are already in other cases.</param>
/// <param name="FirstApproval">Who approved as the first of two.</param>
/// <param name="File">What is on file of the shop, masked; null once it is erased.</param>
internal sealed record CaseIdentityView(
    bool IndependentProof,
    bool Confirmed,
    bool Denied,
    IReadOnlyList<CallBackView> CallBacks,
    IReadOnlyList<FieldMatch>? Compared,
    IReadOnlyList<SeenBeforeView> SeenBefore,
    string? FirstApproval,
    FileView? File
)
{
    /// <param name="requestedBy">Who wants the lock released as the first of two.</param>
    /// <param name="nameOf">The name of a person by id.</param>
    public static CaseIdentityView Of(
        CaseState state,
        string? requestedBy,
        FileView? file,
        Func<string, string> nameOf
    ) =>
        new(
            state.Identity?.IndependentProof ?? false,
            state.IsConfirmed,
            state.IsDenied,
            [.. state.CallBacks.Select(c => new CallBackView(nameOf(c.Person), c.At, c.Outcome))],
            state.Compared,
            [
                .. state.SeenBefore.Select(s => new SeenBeforeView(
                    s.Kind,
                    s.DocumentId,
                    s.OtherCase
                )),
            ],
            (state.FirstApproval ?? requestedBy) is { } first ? nameOf(first) : null,
            file
        );
}

/// <param name="Outcome">Null while the call goes on.</param>
internal sealed record CallBackView(string By, DateTimeOffset At, CallBackOutcome? Outcome);

internal sealed record SeenBeforeView(string Kind, string DocumentId, string OtherCase);
