using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tillkeeper.Core.Cases;

/// <param name="Outcome">Null while the call goes on.</param>
public sealed record CallBack(
    string Contact,
    string Person,
    DateTimeOffset At,
    CallBackOutcome? Outcome = null
);

/// <summary>What a case knows of the identity of whoever asks: what is needed, what was called, compared and recognised.</summary>
public sealed partial record CaseState
{
    /// <summary>Calls to the number on file that one case may record.</summary>
    public const int MostCallBacks = 10;

    /// <summary>Comparisons of one case: enough for honest corrections, too few to guess what is on file.</summary>
    public const int MostComparisons = 10;

    /// <summary>Null where nothing but the standard procedure is asked for.</summary>
    public IdentityAsked? Identity { get; init; }
    public int Comparisons { get; init; }
    public IReadOnlyList<FieldMatch>? Compared { get; init; }

    /// <summary>The first of two who must approve.</summary>
    public string? FirstApproval { get; init; }

    public ImmutableList<CallBack> CallBacks
    {
        get;
        init => field = value ?? [];
    } = [];

    public ImmutableList<DocumentSeenBefore> SeenBefore
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Somebody at the number on file said that the shop does not ask for this.</summary>
    [JsonIgnore]
    public bool IsDenied => CallBacks.Exists(c => c.Outcome == CallBackOutcome.Denied);

    [JsonIgnore]
    public bool IsConfirmed =>
        !IsDenied && CallBacks.Exists(c => c.Outcome == CallBackOutcome.Confirmed);

    /// <summary>Confirmed at the number that is on file now.</summary>
    public bool IsConfirmedAt(string? contact) =>
        !IsDenied
        && CallBacks.Exists(c => c.Outcome == CallBackOutcome.Confirmed && c.Contact == contact);

    private static CaseState? ApplyIdentity(CaseState state, ICaseEvent happened) =>
        happened switch
        {
            CallBackStarted e => state with
            {
                CallBacks = state.CallBacks.Add(new CallBack(e.Contact, e.Person, e.At)),
            },
            CallBackEnded e => state with
            {
                CallBacks = state.CallBacks.SetItem(
                    e.Number - 1,
                    state.CallBacks[e.Number - 1] with
                    {
                        Outcome = e.Outcome,
                    }
                ),
            },
            IdentityCompared e => state with
            {
                Compared = e.Fields,
                Comparisons = state.Comparisons + 1,
            },
            DocumentSeenBefore e => state with { SeenBefore = state.SeenBefore.Add(e) },
            CaseApprovalRequested e => state with { FirstApproval = e.Person },
            _ => null,
        };
}
