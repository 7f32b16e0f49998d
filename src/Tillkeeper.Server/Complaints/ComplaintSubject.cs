using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Complaints;

/// <summary>What a complaint is about, as the log knows it, and who had a part in it.</summary>
internal sealed record ComplaintSubject(
    string Place,
    IReadOnlyList<string> Involved,
    string? Terminal = null,
    string? LockId = null,
    string? CaseId = null,
    Cause? Cause = null,
    bool ByProvider = false
)
{
    public static (ComplaintSubject? Subject, Refusal? Refusal) Find(
        Work work,
        ComplaintKind kind,
        string? terminalId,
        string? lockId,
        string? caseId,
        Person person
    )
    {
        if (caseId is not null)
        {
            return OfCase(work, caseId, person);
        }
        if (terminalId is not null)
        {
            return OfTerminal(work, terminalId, lockId, kind, person);
        }
        return kind switch
        {
            ComplaintKind.Violation => (new(person.Place, []), null),
            ComplaintKind.Lock => (
                null,
                Refusal.Invalid("terminalId", "Name the terminal and the lock.")
            ),
            _ => (null, Refusal.Invalid("caseId", "Name the case.")),
        };
    }

    private static (ComplaintSubject?, Refusal?) OfCase(Work work, string caseId, Person person)
    {
        if (CaseAccess.Find(work, caseId, person) is not { } state)
        {
            return (null, Refusal.NotFound("case"));
        }
        // Whoever asked on the shop's behalf is a party too, the one who decided above all.
        string?[] people = [state.OpenedBy, .. state.Contributors, state.Decision?.Person];
        return (
            new(
                PlaceOf(work, state.Terminal),
                Tidy(people),
                state.Terminal,
                state.LockId,
                caseId,
                state.Cause
            ),
            null
        );
    }

    private static (ComplaintSubject?, Refusal?) OfTerminal(
        Work work,
        string terminalId,
        string? lockId,
        ComplaintKind kind,
        Person person
    )
    {
        if (TerminalAccess.Find(work, terminalId, person) is not { } terminal)
        {
            return (null, Refusal.NotFound("terminal"));
        }
        var place = PlaceOf(work, terminalId);
        if (lockId is null)
        {
            return kind == ComplaintKind.Lock
                ? (null, Refusal.Invalid("lockId", "Name the lock."))
                : (new(place, [], terminalId), null);
        }
        var standing = terminal.Locks.GetValueOrDefault(lockId);
        var found = standing?.Lock ?? terminal.PastLocks.Find(p => p.Lock.Id == lockId)?.Lock;
        return found is null
            ? (null, Refusal.NotFound("lock"))
            : (
                new(
                    place,
                    Tidy([.. found.Evidence.People ?? [], standing?.RequestedBy]),
                    terminalId,
                    lockId,
                    null,
                    found.Cause,
                    found.Owner == LockOwner.Server
                ),
                null
            );
    }

    private static string PlaceOf(Work work, string terminal) =>
        (string)work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", terminal)!;

    private static string[] Tidy(IEnumerable<string?> people) =>
        [.. people.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
