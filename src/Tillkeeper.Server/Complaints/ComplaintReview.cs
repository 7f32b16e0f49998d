using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Complaints;

/// <summary>
/// <c>POST /api/v1/complaints/{id}/review</c>: somebody who had no part in it says whether what was done stays. Overturning a lock that still
/// stands orders its release in the same transaction, as the first of two people where two are needed.
/// </summary>
internal static class ComplaintReview
{
    internal sealed record ReviewBody(string? Outcome, string? Reason);

    private const string Ordered = "ordered";
    private const string Nothing = "none";

    public static void MapComplaintReview(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/complaints/{id}/review", Review).Needs(Right.ReleaseLocks);

    private static async Task<IResult> Review(
        string id,
        ReviewBody body,
        Person person,
        Appender appender
    )
    {
        var release = Nothing;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (ComplaintViews.Find(work, id, person) is not { } state)
                {
                    return Refusal.NotFound("complaint");
                }
                if (ComplaintDecisions.MayReview(state, person.Id) is { } notYours)
                {
                    return notYours;
                }
                if (!Words.TryParse<ComplaintOutcome>(body.Outcome, out var outcome))
                {
                    return Refusal.Invalid(
                        "outcome",
                        $"Use one of: {Words.All<ComplaintOutcome>()}."
                    );
                }
                if (Check.Text(body.Reason, "reason") is { } noReason)
                {
                    return noReason;
                }
                var reason = body.Reason!.Trim();
                release =
                    outcome == ComplaintOutcome.Overturned
                        ? Release(work, state.Opened!, person, reason)
                        : Nothing;
                work.Append(
                    ComplaintStreams.Kind,
                    id,
                    id,
                    [new ComplaintReviewed(outcome, person.Id, reason, release, work.Now)]
                );
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id, release }));
    }

    /// <summary>What became of the lock, in a word.</summary>
    private static string Release(Work work, ComplaintOpened about, Person person, string reason)
    {
        if (
            about is not { Terminal: { } terminal, LockId: { } lockId }
            || TerminalAccess.Find(work, terminal, person) is not { } state
            || !state.Locks.ContainsKey(lockId)
        )
        {
            return Nothing;
        }
        var decision = work.Decide(
            TerminalStreams.Kind,
            terminal,
            terminal,
            s =>
                TerminalDecisions.Decide(
                    s,
                    new OrderRelease(lockId, WayOut.ProviderRelease, person.Id, reason),
                    work.Now
                )
        );
        return decision.Refusal?.Code ?? Ordered;
    }
}
