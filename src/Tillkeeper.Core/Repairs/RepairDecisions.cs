using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Repairs;

/// <summary>
/// Decisions about one repair (W5): pure, one entry. Nobody gets a terminal into their hands whose identity nobody has seen, every link of
/// the chain of custody joins the one before, and what comes back is accepted by two people after it has tested itself.
/// </summary>
public static class RepairDecisions
{
    private static readonly Refusal Settled = Refusal.Conflict(
        "repair_closed",
        "The repair is settled; open a new one."
    );

    public static Decision<IRepairEvent> Decide(
        RepairState state,
        IRepairCommand command,
        DateTimeOffset now
    ) =>
        command switch
        {
            OpenRepair c => Open(c),
            _ when !state.Exists => Refusal.NotFound("repair"),
            ObserveSelfTest c => ReturnDecisions.Observe(state, c.Ran, now),
            HandOver c => Hand(state, c, now),
            _ when !state.IsUnsettled => Settled,
            DispatchRepair c => Dispatch(state, c.Dispatch),
            IdentifyRepairer c => Identify(state, c, now),
            FinishRepair c => Finish(state, c, now),
            AcceptReturn c => ReturnDecisions.Accept(state, c),
            CancelRepair c => state.Holder != Holder.Shop || state.Finish is not null
                ? Refusal.Conflict(
                    "repair_under_way",
                    "The terminal is out of the shop or repaired already: let it come back and accept the return."
                )
                : new RepairCancelled(c.Person, c.Reason),
            _ => throw new InvalidOperationException(
                $"No decision is known for {command.GetType().Name}."
            ),
        };

    private static Decision<IRepairEvent> Open(OpenRepair command) =>
        command.Ways is { } ways && !ways.Contains(WayOut.Repair)
            ? Refusal.Conflict(
                "way_out_not_available",
                $"This lock cannot be ended by {Words.Of(WayOut.Repair)}; it can by: {ways}."
            )
            : command.Opening;

    private static Decision<IRepairEvent> Dispatch(RepairState state, RepairDispatched dispatch)
    {
        if (state.Finish is not null)
        {
            return Refusal.Conflict("already_finished", "The work is done; accept the return.");
        }
        return state.Holder is Holder.Repairer
            ? Refusal.Conflict(
                "with_repairer",
                "A repairer has the terminal; it must be handed back before another one gets it."
            )
            : dispatch;
    }

    private static Decision<IRepairEvent> Identify(
        RepairState state,
        IdentifyRepairer command,
        DateTimeOffset now
    ) =>
        state.Status == RepairStatus.Dispatched
            ? new RepairerIdentified(command.Proof, command.Person, now)
            : Refusal.Conflict(
                "not_dispatched",
                "Nobody is sent for this repair: whoever says so is not let near the terminal."
            );

    private static Decision<IRepairEvent> Hand(
        RepairState state,
        HandOver command,
        DateTimeOffset now
    )
    {
        // What cannot be repaired still has to go somewhere.
        if (!state.IsUnsettled && state.Status != RepairStatus.Unrepairable)
        {
            return Settled;
        }
        if (command.From != state.Holder || command.To == command.From)
        {
            return Refusal.Conflict(
                "custody_gap",
                $"The {Words.Of(state.Holder)} has the terminal by the record; each hand-over begins where the last one ended."
            );
        }
        if (command.To == Holder.Repairer && state.Identity is null)
        {
            return Refusal.Conflict(
                "identity_not_verified",
                "Nobody has seen who the repairer is. See a document first, and compare name and company with the dispatch."
            );
        }
        return state.Custody.Count >= RepairState.MostHandOvers
            ? Refusal.Conflict("custody_used_up", "Too many hand-overs for one repair.")
            : new RepairHandedOver(
                command.From,
                command.To,
                command.Condition,
                command.Person,
                now,
                command.Seal
            );
    }

    private static Decision<IRepairEvent> Finish(
        RepairState state,
        FinishRepair command,
        DateTimeOffset now
    )
    {
        if (state.Finish is not null)
        {
            return Refusal.Conflict("already_finished", "The result is on record.");
        }
        if (state.Holder != Holder.Repairer)
        {
            return Refusal.Conflict(
                "not_with_repairer",
                "By the record no repairer has had the terminal; record the hand-over first."
            );
        }
        return new RepairFinished(
            command.Result,
            command.Work,
            command.Parts,
            WarrantyRules.Judge(
                command.Warranty,
                // Broken before it was sent in stays broken.
                command.SealIntact
                    && state.Opening?.SealIntact != false,
                DateOnly.FromDateTime(state.Opening!.At.UtcDateTime)
            ),
            command.Person,
            now
        );
    }
}

/// <summary>The last part of a repair: back in the shop, tested by itself, accepted by two.</summary>
internal static class ReturnDecisions
{
    /// <summary>A terminal's proven time is behind the server's by what the signed answer took on its way.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(10);

    /// <summary>Only a test that began after the return says something about it; without proven time nobody knows when it began.</summary>
    public static Decision<IRepairEvent> Observe(
        RepairState state,
        SelfTestRan ran,
        DateTimeOffset now
    ) =>
        state.ReturnedAt is { } returned && ran.Clock.Trusted >= returned - Behind
            ? new RepairSelfTested(Passes(state, ran.Parts), ran.Parts, now)
            : new Decision<IRepairEvent>([]);

    public static Decision<IRepairEvent> Accept(RepairState state, AcceptReturn command)
    {
        if (state.ReturnedAt is null)
        {
            return Refusal.Conflict(
                "not_returned",
                "The terminal is not back in the shop with its work done."
            );
        }
        if (command.Tampered)
        {
            return Refusal.Conflict(
                "tamper_repair_required",
                "The terminal was tampered with: two people confirm its inspection and its new keys first (tamper-repair), and it enrols again."
            );
        }
        if (state.Tested is not { Passed: true })
        {
            return Refusal.Conflict(
                "self_test_missing",
                state.Tested is null
                    ? "The terminal has not tested itself since it is back: start the self-test at its screen while it is connected."
                    : "Its self-test after the return found a fault: it goes back to the repairer."
            );
        }
        if (state.AcceptRequestedBy is { } first && first != command.Person)
        {
            return new RepairAccepted([first, command.Person], command.Reason);
        }
        return new Decision<IRepairEvent>(
            state.AcceptRequestedBy is null
                ? [new ReturnAcceptRequested(command.Person, command.Reason)]
                : [],
            Refusal.Conflict(
                "second_person_required",
                "The acceptance is recorded; a second person must look at the terminal and accept it too."
            )
        );
    }

    /// <summary>No part is bad, and of the repaired one, where the terminal tests it at all, it is known that it works.</summary>
    private static bool Passes(RepairState state, IReadOnlyList<TestedPart> parts) =>
        parts.Count > 0
        && parts.All(p =>
            !p.Faulty && p.Status is PartStatus.Ok or PartStatus.Degraded or PartStatus.Unknown
        )
        && parts
            .Where(p => p.Part == state.Opening!.Part)
            .All(p => p.Status is PartStatus.Ok or PartStatus.Degraded);
}
