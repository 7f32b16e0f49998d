using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Environments;

/// <summary>
/// <c>POST /api/v1/terminals/{id}/moves/approval</c>: a move that the shop asked for is announced once two people who keep the register agree, before
/// it happens (W9).
/// </summary>
internal static class MoveApproval
{
    internal sealed record ApprovalBody(string? Reason);

    public static async Task<IResult> Approve(
        string id,
        ApprovalBody body,
        Person person,
        Appender appender,
        EnvironmentWatch watch
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                var decision = Decide(
                    work.Load(WhereaboutsStreams.Kind, id),
                    person.Id,
                    body.Reason?.Trim() ?? "",
                    work.Now
                );
                if (decision is { Events.IsEmpty: true, Refusal: { } impossible })
                {
                    return impossible;
                }
                if (Check.Text(body.Reason, "reason") is { } wrong)
                {
                    return wrong;
                }
                work.Append(id, decision.Events);
                return decision.Refusal;
            }
        );
        watch.LookAgain(id);
        return refusal.Or(() => Results.NoContent());
    }

    /// <summary>What becomes of the word of one more person.</summary>
    internal static Decision<IWhereaboutsEvent> Decide(
        Whereabouts state,
        string person,
        string reason,
        DateTimeOffset now
    )
    {
        if (state.Requested is not { Request: var asked } requested)
        {
            return Refusal.NotFound("move");
        }
        if (asked.Until <= now)
        {
            return Refusal.Conflict("move_over", "Its time is over; ask for it anew.");
        }
        if (asked.Person == person)
        {
            return Refusal.Forbidden(
                "You asked for this move; two other people must agree to it.",
                "own_move"
            );
        }
        if (requested.ApprovedBy is { } first && first != person)
        {
            return Announce(asked) with { ApprovedBy = [first, person] };
        }
        return new Decision<IWhereaboutsEvent>(
            requested.ApprovedBy is null ? [new MoveAgreed(asked.Move, person, reason)] : [],
            Refusal.Conflict(
                "second_person_required",
                "Your word is recorded; a second person must agree to the move too."
            )
        );
    }

    internal static MoveAnnounced Announce(MoveRequested asked) =>
        new(
            asked.Move,
            asked.From,
            asked.Until,
            asked.AddressData,
            asked.AddressCommitment,
            asked.Reason,
            asked.Person,
            asked.Location,
            asked.Networks
        );
}
