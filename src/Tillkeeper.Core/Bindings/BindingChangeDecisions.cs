using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Bindings;

/// <summary>Something asked of a change of bindings. Rights by role and subtree are the caller's.</summary>
public interface IBindingChangeCommand;

public sealed record ProposeBindingChange(BindingChangeProposed Proposal) : IBindingChangeCommand;

public sealed record AcknowledgeRegistration(string Reference, string Person)
    : IBindingChangeCommand;

public sealed record ApproveBindingChange(string Person, string Reason) : IBindingChangeCommand;

public sealed record WithdrawBindingChange(string Person, string Reason) : IBindingChangeCommand;

/// <summary>
/// Decisions about a change of bindings (B5, W9): pure, one entry. Nothing changes before the acquirer has acknowledged the new registration, and
/// then only on the word of two people.
/// </summary>
public static class BindingChangeDecisions
{
    public static Decision<IBindingChangeEvent> Decide(
        BindingChangeState state,
        IBindingChangeCommand command,
        DateTimeOffset now
    ) =>
        command switch
        {
            ProposeBindingChange c => c.Proposal,
            _ when !state.Exists => Refusal.NotFound("change"),
            _ when state.Status is BindingChangeStatus.Done or BindingChangeStatus.Withdrawn =>
                Refusal.Conflict("change_closed", "This is settled; propose a new one."),
            AcknowledgeRegistration c => state.Acknowledgement is null
                ? new RegistrationAcknowledged(c.Reference, c.Person, now)
                : Refusal.Conflict(
                    "already_acknowledged",
                    "The new registration is acknowledged; now two people approve."
                ),
            ApproveBindingChange c => Approve(state, c, now),
            WithdrawBindingChange c => new BindingChangeWithdrawn(c.Person, c.Reason),
            _ => throw new InvalidOperationException(
                $"No decision is known for {command.GetType().Name}."
            ),
        };

    /// <summary>
    /// The bindings after a new registration: each keeps its terminal id and gets the merchant code that its acquirer has registered. Null when
    /// an acquirer is missing.
    /// </summary>
    public static IReadOnlyList<Binding>? Rebind(
        IReadOnlyList<Binding> bindings,
        IReadOnlyList<Reregistration> registrations
    )
    {
        List<Binding> rebound = [];
        foreach (var binding in bindings)
        {
            var own = registrations.Where(r => r.AcquirerCode == binding.Acquirer).ToList();
            if (
                (own.Find(r => r.MerchantCode == binding.Mid) ?? own.FirstOrDefault()) is not { } at
            )
            {
                return null;
            }
            rebound.Add(binding with { Mid = at.MerchantCode });
        }
        return rebound;
    }

    private static Decision<IBindingChangeEvent> Approve(
        BindingChangeState state,
        ApproveBindingChange command,
        DateTimeOffset now
    )
    {
        if (state.Status != BindingChangeStatus.Acknowledged)
        {
            return Refusal.Conflict(
                "registration_not_acknowledged",
                "The acquirer has not acknowledged the new registration; nothing is bound before."
            );
        }
        if (state.ApprovedBy is { } first && first != command.Person)
        {
            return new BindingChangeDone([first, command.Person], command.Reason, now);
        }
        return new Decision<IBindingChangeEvent>(
            state.ApprovedBy is null
                ? [new BindingChangeApproved(command.Person, command.Reason)]
                : [],
            Refusal.Conflict(
                "second_person_required",
                "The approval is recorded; a second person must approve it too."
            )
        );
    }
}
