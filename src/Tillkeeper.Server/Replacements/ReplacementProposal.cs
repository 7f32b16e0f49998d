using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Bindings;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Replacements;

/// <summary>
/// <c>POST /api/v1/replacements</c> <c>{terminalId, newTerminalId, registrations, reason}</c>: another terminal is to take the place of one. It is
/// registered already, bound to nothing.
/// </summary>
internal static class ReplacementProposal
{
    internal sealed record Body(
        string? TerminalId,
        string? NewTerminalId,
        IReadOnlyList<RegistrationBody>? Registrations,
        string? Reason
    );

    public static async Task<IResult> Propose(
        Body body,
        Person person,
        Appender appender,
        PersonalData personal
    )
    {
        var id = Ids.New();
        var refusal = await appender.Run(
            person.Act,
            work => Decide(work, id, body, person, personal)
        );
        return refusal.Or(() => Results.Json(new { id }, statusCode: 201));
    }

    private static Refusal? Decide(
        Work work,
        string id,
        Body body,
        Person person,
        PersonalData personal
    )
    {
        if (
            TerminalAccess.Find(work, body.TerminalId ?? "", person) is not { } old
            || TerminalAccess.Find(work, body.NewTerminalId ?? "", person) is not { } successor
        )
        {
            return Refusal.NotFound("terminal");
        }
        if (Hinders(old, successor) is { } hindered)
        {
            return hindered;
        }
        if (
            BindingChangeStreams.IsInHand(work, old.Id)
            || BindingChangeStreams.IsInHand(work, successor.Id)
        )
        {
            return Refusal.Conflict(
                "change_exists",
                "A replacement or relocation of one of the two is under way; settle it first."
            );
        }
        if (
            (
                RegistrationBody.Check(work.Views, old.Profile!, body.Registrations)
                ?? Check.Text(body.Reason, "reason")
            ) is
            { } wrong
        )
        {
            return wrong;
        }
        work.Append(
            BindingChangeStreams.Kind,
            id,
            old.Id,
            [
                new BindingChangeProposed(
                    id,
                    BindingChangeKind.Replacement,
                    old.Id,
                    RegistrationBody.Keep(work, personal, body.Registrations!),
                    person.Id,
                    body.Reason!.Trim(),
                    work.Now,
                    successor.Id
                ),
            ]
        );
        return null;
    }

    /// <summary>Why one cannot take the place of the other now, or null.</summary>
    public static Refusal? Hinders(TerminalState old, TerminalState successor)
    {
        if (old.ReplacedBy is not null)
        {
            return Refusal.Conflict("already_replaced", "Another terminal has its place already.");
        }
        if (successor.Id == old.Id || successor.Profile is not { Bindings.Count: 0 })
        {
            return Refusal.Conflict(
                "terminal_bound",
                "The new terminal is bound itself; take one that is free."
            );
        }
        return
            successor.IsTampered
            || successor.Revoked
            || successor.ReplacedBy is not null
            || successor.Locks.Count > 0
            ? Refusal.Conflict(
                "terminal_not_ready",
                "The new terminal is locked, revoked or replaced itself; take another one."
            )
            : null;
    }
}
