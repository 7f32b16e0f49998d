using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Cases;

/// <summary>A further lock of a case.</summary>
public sealed record CoveredLock(string LockId, Cause Cause, WayOut WayOut, bool Ended = false);

/// <summary>What a case knows of its own course: number, locks, who owes it, until when, what became of it.</summary>
public sealed partial record CaseState
{
    /// <summary>Further locks that one case may cover.</summary>
    public const int MostLocks = 10;

    /// <summary>Cases that one may take over.</summary>
    public const int MostMerged = 10;

    /// <summary>How often a case may be opened again.</summary>
    public const int MostReopenings = 5;

    public string? Number { get; init; }
    public DateTimeOffset? Due { get; init; }
    public bool Overdue { get; init; }

    /// <summary>How often it has been told since it became overdue.</summary>
    public int Reminders { get; init; }
    public string? Assignee { get; init; }
    public string? MergedInto { get; init; }
    public int Reopenings { get; init; }
    public int? Score { get; init; }

    public ImmutableList<CoveredLock> Further
    {
        get;
        init => field = value ?? [];
    } = [];

    public ImmutableList<string> TakenOver
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Locks of this case that stand as far as it knows, its first one included.</summary>
    [JsonIgnore]
    public IEnumerable<string> Remaining =>
        Further.Where(l => !l.Ended).Select(l => l.LockId).Concat(Released ? [] : [LockId]);

    /// <summary>Every cause that whoever decides it must be entitled to decide.</summary>
    [JsonIgnore]
    public IEnumerable<Cause> Causes => Further.Select(l => l.Cause).Prepend(Cause);

    private static CaseState ApplyLife(CaseState state, ICaseEvent happened) =>
        happened switch
        {
            LockCovered e => state with
            {
                Further = state.Further.Add(new CoveredLock(e.LockId, e.Cause, e.WayOut)),
                Contributors = state.Contributors.Add(e.Person),
            },
            CoveredLockEnded e => state with
            {
                Further = state.Further.ConvertAll(l =>
                    l.LockId == e.LockId ? l with { Ended = true } : l
                ),
            },
            CaseAssigned e => state with { Assignee = e.Assignee },
            CaseReminded e => state with
            {
                Overdue = e.Overdue,
                Reminders = e.Overdue ? state.Reminders + 1 : state.Reminders,
            },
            CaseMergedInto e => state with { MergedInto = e.Into },
            CaseTakenOver e => state with
            {
                TakenOver = state.TakenOver.Add(e.From),
                Contributors = state.Contributors.Union(e.Contributors),
                Documents = state.Documents.Union(e.Documents),
            },
            CaseReopened e => state with
            {
                Status = CaseStatus.Open,
                Decision = null,
                Result = null,
                Released = false,
                PasscodeSet = false,
                SignedIn = false,
                CallBacks = [],
                FirstApproval = null,
                Due = e.Due,
                Overdue = false,
                Reminders = 0,
                Reopenings = state.Reopenings + 1,
                Contributors = state.Contributors.Add(e.Person),
            },
            CaseRated e => state with { Score = e.Score },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}
