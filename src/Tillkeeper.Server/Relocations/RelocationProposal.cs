using System.Net;
using Tillkeeper.Core;
using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Bindings;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Relocations;

/// <summary>
/// <c>POST /api/v1/relocations</c> <c>{caseId, location?, networks?, registrations, reason}</c>: a terminal was moved without a word and locked for it
/// (W9). The case asks for <c>move_approved</c> and holds the lease.
/// </summary>
internal static class RelocationProposal
{
    /// <summary>The document that proves a new address (租赁合同).</summary>
    private const string Proof = "lease";
    private const int MostNetworks = 32;

    internal sealed record Body(
        string? CaseId,
        Location? Location,
        IReadOnlyList<string>? Networks,
        IReadOnlyList<RegistrationBody>? Registrations,
        string? Reason
    )
    {
        public Refusal? CheckPlace()
        {
            if (Location is null && Networks is not { Count: > 0 })
            {
                return Refusal.Invalid(
                    "location",
                    "Give location or networks of the new place: it is judged by them from now on."
                );
            }
            return
                Networks?.Count > MostNetworks
                || Networks?.Any(n => !IPNetwork.TryParse(n, out _)) == true
                ? Refusal.Invalid("networks", $"At most {MostNetworks}, each as e.g. 10.1.0.0/16.")
                : ProfileBody.CheckLocation(Location);
        }
    }

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

    /// <summary>Why this case is no ground for a relocation now, or null.</summary>
    public static Refusal? Hinders(CaseState asked, TerminalState terminal)
    {
        if (asked.WayOut != WayOut.MoveApproved)
        {
            return Refusal.Conflict(
                "way_out_not_available",
                "This case asks for another way out than move_approved."
            );
        }
        if (!asked.IsUnsettled || !terminal.Locks.ContainsKey(asked.LockId))
        {
            return Refusal.Conflict("case_closed", "The case is settled, or its lock is gone.");
        }
        return asked.Documents.Contains(Proof)
            ? null
            : Refusal.Conflict(
                "lease_missing",
                "The case holds no lease: attach what proves the new address first."
            );
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
            CaseAccess.Find(work, body.CaseId ?? "", person) is not { } asked
            || TerminalAccess.Find(work, asked.Terminal, person) is not { } terminal
        )
        {
            return Refusal.NotFound("case");
        }
        if (Hinders(asked, terminal) is { } hindered)
        {
            return hindered;
        }
        if (BindingChangeStreams.IsInHand(work, terminal.Id))
        {
            return Refusal.Conflict(
                "change_exists",
                "A replacement or relocation of this terminal is under way; settle it first."
            );
        }
        if (
            (
                body.CheckPlace()
                ?? RegistrationBody.Check(work.Views, terminal.Profile!, body.Registrations)
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
            terminal.Id,
            [
                new BindingChangeProposed(
                    id,
                    BindingChangeKind.Relocation,
                    terminal.Id,
                    RegistrationBody.Keep(work, personal, body.Registrations!),
                    person.Id,
                    body.Reason!.Trim(),
                    work.Now,
                    Location: body.Location,
                    Networks: body.Networks is { Count: > 0 } networks ? networks : null,
                    CaseId: asked.Id,
                    LockId: asked.LockId
                ),
            ]
        );
        return null;
    }
}
