using System.Collections.Immutable;
using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Terminals.Replacing;
using Tillkeeper.Server.Bindings;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Replacements;

/// <summary>
/// The new terminal takes over bindings and configuration, and what was locked about the shop; the old one is locked, told to wipe, and its
/// locks that a replacement ends have ended. All of it in one transaction.
/// </summary>
internal sealed class TakeOver(PolicyOrders policies) : IBindingChangeEffect
{
    public BindingChangeKind Kind => BindingChangeKind.Replacement;

    public Refusal? Forbids(Work work, BindingChangeProposed proposal, Person person)
    {
        if (
            TerminalAccess.Find(work, proposal.Terminal, person) is not { } old
            || TerminalAccess.Find(work, proposal.NewTerminal!, person) is not { } successor
        )
        {
            return Refusal.NotFound("terminal");
        }
        return ReplacementProposal.Hinders(old, successor);
    }

    public Refusal? CarryOut(
        Work work,
        BindingChangeProposed proposal,
        IReadOnlyList<string> people,
        string reason
    )
    {
        var old = work.Load(TerminalStreams.Kind, proposal.Terminal);
        var successor = work.Load(TerminalStreams.Kind, proposal.NewTerminal!);
        if (
            BindingChangeDecisions.Rebind(old.Profile!.Bindings, proposal.Registrations)
            is not { } bindings
        )
        {
            return Refusal.Conflict(
                "bindings_changed",
                "The old terminal got another acquirer since; propose the replacement anew."
            );
        }
        // Released first: an acquirer's number belongs to one terminal at a time.
        Must(work, old.Id, new ChangeTerminal(old.Profile with { Bindings = [] }));
        Must(work, old.Id, new ReplaceTerminal(successor.Id, people, reason, Ids.New()));
        Must(
            work,
            successor.Id,
            new ChangeTerminal(
                old.Profile with
                {
                    Model = successor.Profile!.Model,
                    Warranty = successor.Profile.Warranty,
                    Bindings = bindings,
                }
            )
        );
        Follow(work, old, successor.Id, people);
        policies.Bring(work, successor.Id);
        CaseObserver.Observe(
            work,
            old.Id,
            [
                .. old
                    .ActiveLocks.Where(l => l.WaysOut.Contains(WayOut.Replacement))
                    .Select(l => new LockEnded(l.Id, WayOut.Replacement, new DeviceTime("", 0))),
            ]
        );
        return null;
    }

    /// <summary>Whether it is possible was asked before; half a replacement must not remain.</summary>
    private static void Must(Work work, string terminal, ITerminalCommand command)
    {
        if (work.DecideAbout(terminal, command) is { } refused)
        {
            throw new InvalidOperationException($"A replacement fails half-way: {refused.Code}.");
        }
    }

    /// <summary>Nobody gets rid of a lock about the shop by changing the device.</summary>
    private static void Follow(
        Work work,
        TerminalState old,
        string successor,
        IReadOnlyList<string> people
    )
    {
        foreach (var standing in old.ActiveLocks.Where(ReplacementDecisions.Follows))
        {
            var facts =
                standing.Evidence.Facts
                ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
            Must(
                work,
                successor,
                new OrderLock(
                    Ids.New(),
                    standing.Cause,
                    standing.Scope,
                    standing.Evidence.Reason ?? ReplacementDecisions.Reason,
                    standing.Message,
                    standing.ExpectedEnd,
                    Evidence: standing.Evidence with
                    {
                        Facts =
                            facts.Count < Evidence.MostFacts
                                ? facts.SetItem("followed_from", standing.Id)
                                : facts,
                    },
                    People: standing.Evidence.People ?? people
                )
            );
        }
    }
}
