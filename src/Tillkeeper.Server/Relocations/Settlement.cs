using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Bindings;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Relocations;

/// <summary>
/// The new place is the registered one, the bindings are as the acquirer has them, and the lock for the move is released, in one transaction.
/// </summary>
internal sealed class Settlement : IBindingChangeEffect
{
    public BindingChangeKind Kind => BindingChangeKind.Relocation;

    /// <summary>Whoever opened the case or attached to it does not decide it (own_case).</summary>
    public Refusal? Forbids(Work work, BindingChangeProposed proposal, Person person)
    {
        if (
            CaseAccess.Find(work, proposal.CaseId!, person) is not { } asked
            || TerminalAccess.Find(work, proposal.Terminal, person) is not { } terminal
        )
        {
            return Refusal.NotFound("case");
        }
        return asked.Contributors.Contains(person.Id)
            ? Refusal.Forbidden(
                "You opened this case or attached to it; another person must approve the move.",
                "own_case"
            )
            : RelocationProposal.Hinders(asked, terminal);
    }

    public Refusal? CarryOut(
        Work work,
        BindingChangeProposed proposal,
        IReadOnlyList<string> people,
        string reason
    )
    {
        var (id, lockId) = (proposal.Terminal, proposal.LockId!);
        var before = work.Load(TerminalStreams.Kind, id);
        if (
            BindingChangeDecisions.Rebind(before.Profile!.Bindings, proposal.Registrations)
            is not { } bindings
        )
        {
            return Refusal.Conflict(
                "bindings_changed",
                "The terminal got another acquirer since; propose the move anew."
            );
        }
        var profile = before.Profile with
        {
            Bindings = bindings,
            Location =
                proposal.Location ?? (proposal.Networks is null ? before.Profile.Location : null),
            Networks = proposal.Networks ?? [],
        };
        // First: of all this only an order can be refused, and then nothing is left behind.
        if (Release(work, id, lockId, people, reason, proposal.CaseId!) is { } refused)
        {
            return refused;
        }
        work.Decide(
            TerminalStreams.Kind,
            id,
            id,
            t => TerminalDecisions.Decide(t, new ChangeTerminal(profile), work.Now)
        );
        // What was usual at the old place is not usual any more.
        work.Append(id, new MoveArrived(proposal.Change, [], work.Now));
        return null;
    }

    /// <summary>Both people ask for it; where one is enough, the first one's word releases.</summary>
    private static Refusal? Release(
        Work work,
        string id,
        string lockId,
        IReadOnlyList<string> people,
        string reason,
        string caseId
    )
    {
        if (work.Load(TerminalStreams.Kind, id).Locks[lockId].Lock.Status == LockStatus.Releasing)
        {
            return null;
        }
        Refusal? refusal = null;
        foreach (var person in people)
        {
            refusal = work.DecideAbout(
                id,
                new OrderRelease(lockId, WayOut.MoveApproved, person, reason, caseId)
            );
            if (refusal is null)
            {
                break;
            }
        }
        return refusal;
    }
}
