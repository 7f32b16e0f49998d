using System.Globalization;
using Dapper;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Instructions;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>A case as the API shows it.</summary>
/// <param name="State"><c>open</c>, <c>approved</c>, <c>refused</c> or <c>closed</c>.</param>
/// <param name="Applicant">Only for whoever may decide the case or opened it.</param>
/// <param name="Documents">The newest of each kind.</param>
/// <param name="Missing">What the standard procedure asks for and is not attached.</param>
/// <param name="LockStatus">Of the lock: its status, <c>released</c>, or <c>unknown</c> while only a challenge speaks of it.</param>
/// <param name="Identity">Only for whoever may decide the case.</param>
/// <param name="Instructions">What to do at terminals of this model.</param>
/// <param name="MayDecide">Whether whoever looks could decide it now.</param>
internal sealed record CaseView(
    string Id,
    string TerminalId,
    string LockId,
    Cause Cause,
    string Code,
    WayOut WayOut,
    CaseStatus State,
    string OpenedBy,
    DateTimeOffset OpenedAt,
    ApplicantView? Applicant,
    string? Note,
    IReadOnlyList<DocumentView> Documents,
    IReadOnlyList<string> Missing,
    DecisionView? Decision,
    string? Result,
    string LockStatus,
    DateTimeOffset? ExpectedEnd,
    bool MayDecide,
    NextStep Next,
    IReadOnlyList<CaseHistory.Entry> Timeline,
    CaseCourse Course,
    CaseIdentityView? Identity,
    IReadOnlyList<Instruction> Instructions
);

/// <summary>Where the case stands: how it is called on the phone, whose it is, until when, which locks remain.</summary>
/// <param name="Assignee">A person's name.</param>
/// <param name="Locks">Every lock that the case covers.</param>
/// <param name="AlsoStanding">Locks of the terminal that this case does not end.</param>
/// <param name="MayAnswer">Whether the one question to the shop is open for whoever looks.</param>
internal sealed record CaseCourse(
    string? Number,
    DateTimeOffset? Due,
    bool Overdue,
    string? Assignee,
    IReadOnlyList<CaseLockView> Locks,
    int Remaining,
    IReadOnlyList<CaseLockView> AlsoStanding,
    string? MergedInto,
    IReadOnlyList<string> TakenOver,
    int Reopenings,
    int? Score,
    bool MayAnswer
);

/// <param name="Status">As <see cref="CaseView.LockStatus"/>.</param>
internal sealed record CaseLockView(
    string LockId,
    Cause Cause,
    string Code,
    WayOut? WayOut,
    string Status
);

/// <param name="Erased">True when the retention has ended; then nothing else is known.</param>
internal sealed record ApplicantView(string? Name, string? Phone, bool HasIdNumber, bool Erased);

/// <param name="ContentType">Null once erased.</param>
internal sealed record DocumentView(
    string Kind,
    string Id,
    long Bytes,
    DateTimeOffset At,
    string By,
    string? ContentType = null
);

internal sealed record DecisionView(
    CaseOutcome Outcome,
    string By,
    string Reason,
    IReadOnlyList<string> Missing,
    DateTimeOffset At
);

/// <summary>Puts together what one person may see of a case.</summary>
internal sealed class CaseViews(
    Database database,
    States states,
    CaseHistory history,
    PersonalData personal,
    InstructionFiles instructions,
    FileViews files
)
{
    /// <param name="culture">Of what the program says itself.</param>
    public CaseView Of(CaseState state, Person person, CultureInfo culture)
    {
        var terminal =
            states.Find(TerminalStreams.Kind, state.Terminal) ?? TerminalStreams.Kind.Empty;
        var tracked = terminal.Locks.GetValueOrDefault(state.LockId);
        var mayDecide = CaseRights.MayDecide(person.Role, state);
        return new CaseView(
            state.Id,
            state.Terminal,
            state.LockId,
            state.Cause,
            LockTable.Of(state.Cause).Code,
            state.WayOut,
            state.Status,
            NameOf(state.OpenedBy),
            state.OpenedAt,
            mayDecide || person.Id == state.OpenedBy ? Applicant(state) : null,
            state.Note,
            Documents([state.Id, .. state.TakenOver]),
            state.Missing,
            Decision(state.Decision),
            state.Result,
            LockStatus(state, tracked),
            tracked?.Lock.ExpectedEnd,
            mayDecide && state.Status == CaseStatus.Open && !state.Contributors.Contains(person.Id),
            NextStep.Of(state, terminal, culture),
            history.Read(state.Id, culture),
            Course(state, terminal, person),
            mayDecide
                ? CaseIdentityView.Of(state, tracked?.RequestedBy, files.Find(state.Id), NameOf)
                : null,
            terminal.Profile is { Model: var model }
                ? [.. instructions.All.Where(i => i.Fits(null, model, null, Words.Of(state.Cause)))]
                : []
        );
    }

    private CaseCourse Course(CaseState state, TerminalState terminal, Person person)
    {
        List<CaseLockView> locks =
        [
            ViewOf(
                new CoveredLock(state.LockId, state.Cause, state.WayOut),
                LockStatus(state, terminal.Locks.GetValueOrDefault(state.LockId))
            ),
        ];
        foreach (var further in state.Further)
        {
            var tracked = terminal.Locks.GetValueOrDefault(further.LockId);
            var status = tracked is null ? "released" : Words.Of(tracked.Lock.Status);
            locks.Add(ViewOf(further, status));
        }
        var covered = locks.Select(l => l.LockId).ToHashSet(StringComparer.Ordinal);
        var others = terminal
            .Locks.Values.Where(l => !covered.Contains(l.Lock.Id))
            .Select(l => new CaseLockView(
                l.Lock.Id,
                l.Lock.Cause,
                LockTable.Of(l.Lock.Cause).Code,
                null,
                Words.Of(l.Lock.Status)
            ));
        var answer = new RateCase(new CaseRated(5, person.Id, person.SeesInside));
        return new CaseCourse(
            state.Number,
            state.Due,
            state.Overdue,
            state.Assignee is { } assignee ? NameOf(assignee) : null,
            locks,
            locks.Count(l => l.Status != "released"),
            [.. others],
            state.MergedInto,
            state.TakenOver,
            state.Reopenings,
            state.Score,
            Rights.May(person.Role, Right.OpenCases)
                && CaseDecisions.Decide(state, answer, state.OpenedAt).Accepted
        );
    }

    private static CaseLockView ViewOf(CoveredLock covered, string status) =>
        new(
            covered.LockId,
            covered.Cause,
            LockTable.Of(covered.Cause).Code,
            covered.WayOut,
            status
        );

    /// <summary>Honest: only what the terminal has said is told as done.</summary>
    private static string LockStatus(CaseState state, TrackedLock? tracked)
    {
        if (tracked is not null)
        {
            return Words.Of(tracked.Lock.Status);
        }
        return state.Released || !state.ByChallenge ? "released" : "unknown";
    }

    private ApplicantView Applicant(CaseState state)
    {
        var id = state.Applicant?.PersonalDataId ?? "";
        return database.Read(c => Cases.Applicant.Find(c, personal, id)) is { } known
            ? new(known.Name, PhoneNumber.Mask(known.Phone!), known.IdNumber is not null, false)
            : new(null, null, false, true);
    }

    private List<DocumentView> Documents(string[] cases) =>
        [
            .. database
                .Read(c =>
                    c.Query<(string Kind, string Id, long Bytes, long At, string By, string? Type)>(
                        "SELECT d.kind, d.id, d.bytes, d.at, coalesce(k.name, d.person), o.content_type FROM case_documents d LEFT JOIN keys k ON k.id = d.person LEFT JOIN documents o ON o.id = d.id WHERE d.case_id IN @cases ORDER BY d.at DESC, d.number DESC",
                        new { cases }
                    )
                )
                .DistinctBy(d => d.Kind)
                .Select(d => new DocumentView(
                    d.Kind,
                    d.Id,
                    d.Bytes,
                    DateTimeOffset.FromUnixTimeMilliseconds(d.At),
                    d.By,
                    d.Type
                )),
        ];

    private DecisionView? Decision(CaseDecided? decided) =>
        decided is null
            ? null
            : new(
                decided.Outcome,
                NameOf(decided.Person),
                decided.Reason,
                decided.Missing,
                decided.At
            );

    private string NameOf(string person) =>
        database.Read(c =>
            c.ExecuteScalar<string>("SELECT name FROM keys WHERE id = @person", new { person })
        ) ?? person;
}
