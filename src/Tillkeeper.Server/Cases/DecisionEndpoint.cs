using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// <c>POST /api/v1/cases/{id}/decision</c>. What an approval orders of the terminal is decided and made durable together with it:
/// no case is approved without its order, no order goes out without its decision.
/// </summary>
internal static class DecisionEndpoint
{
    internal sealed record DecisionBody(string? Decision, string? Reason);

    public static void MapDecision(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/cases/{id}/decision", Answer).Needs(Right.DecideCases);

    private static async Task<IResult> Answer(
        string id,
        DecisionBody body,
        Person person,
        Appender appender,
        CaseFile files
    )
    {
        var refusal = await appender.Run(person.Act, work => Decide(work, id, body, person, files));
        return refusal.Or(() =>
            Results.Json(new { id, state = body.Decision == "approve" ? "approved" : "refused" })
        );
    }

    private static Refusal? Decide(
        Work work,
        string id,
        DecisionBody body,
        Person person,
        CaseFile files
    )
    {
        if (
            CaseAccess.Find(work, id, person) is not { } state
            || TerminalAccess.Find(work, state.Terminal, person) is not { } terminal
        )
        {
            return Refusal.NotFound("case");
        }
        if (CaseRights.Deciding(person.Role, state) is { } notYours)
        {
            return notYours;
        }
        var known = Words.TryParse<CaseOutcome>(body.Decision, out var outcome);
        var file = files.Find(work, id);
        var command = new DecideCase(
            outcome,
            person.Id,
            body.Reason?.Trim() ?? "",
            file?.DataId,
            !TakesTwoAnyway(state) && files.NeedsTwo(work, state, file)
        );
        var decided = CaseDecisions.Decide(state, command, work.Now);
        if (decided.Refusal is not null)
        {
            // The first of two approvals is recorded with its refusal, once it says why.
            if (!decided.Events.IsEmpty && known && Check.Text(body.Reason, "reason") is null)
            {
                work.Append(CaseStreams.Kind, id, state.Terminal, decided.Events);
            }
            return decided.Refusal;
        }
        if (!known)
        {
            return Refusal.Invalid("decision", $"Use one of: {Words.All<CaseOutcome>()}.");
        }
        var ordered =
            outcome == CaseOutcome.Approve
                ? OrderAll(terminal, state, command, work.Now)
                : new Decision<ITerminalEvent>([]);
        if (ordered is { Events.IsEmpty: true, Refusal: { } impossible })
        {
            return impossible;
        }
        if (Check.Text(body.Reason, "reason") is { } noReason)
        {
            return noReason;
        }
        if (!ordered.Events.IsEmpty)
        {
            work.Append(TerminalStreams.Kind, state.Terminal, state.Terminal, ordered.Events);
        }
        if (ordered.Refusal is null)
        {
            work.Append(CaseStreams.Kind, id, state.Terminal, decided.Events);
            CaseReminder.Settled(work, id);
        }
        return ordered.Refusal;
    }

    /// <summary>The terminal's own fold asks for the second person where a release needs two.</summary>
    private static bool TakesTwoAnyway(CaseState state) =>
        state.WayOut == WayOut.ProviderRelease && LockTable.Of(state.Cause).People > 1;

    /// <summary>
    /// The orders for every lock of the case, or none: while one of them waits for a second person, only that request is recorded.
    /// </summary>
    private static Decision<ITerminalEvent> OrderAll(
        TerminalState terminal,
        CaseState state,
        DecideCase decision,
        DateTimeOffset now
    )
    {
        var first = Order(terminal, state, decision, now);
        if (first is { Events.IsEmpty: true, Refusal: not null })
        {
            return first;
        }
        var (refusal, all) = (first.Refusal, first.Events);
        var requests = first.Refusal is null ? [] : first.Events;
        var folded = first.Events.Aggregate(terminal, TerminalFold.Apply);
        foreach (var further in state.Further.Where(l => Releasable(folded, l)))
        {
            var release = new OrderRelease(
                further.LockId,
                further.WayOut,
                decision.Person,
                decision.Reason,
                state.Id
            );
            var one = TerminalDecisions.Decide(folded, release, now);
            folded = one.Events.Aggregate(folded, TerminalFold.Apply);
            (refusal, all) = (refusal ?? one.Refusal, all.AddRange(one.Events));
            requests = one.Refusal is null ? requests : requests.AddRange(one.Events);
        }
        return refusal is null ? new(all) : new(requests, refusal);
    }

    /// <summary>What has ended meanwhile, or is on its way, needs no order any more.</summary>
    private static bool Releasable(TerminalState terminal, CoveredLock further) =>
        further is { Ended: false, WayOut: WayOut.ProviderRelease }
        && terminal.Locks.TryGetValue(further.LockId, out var tracked)
        && tracked.Lock.Status != LockStatus.Releasing;

    /// <summary>What an approval sends to the terminal; nothing where the way out lies elsewhere.</summary>
    private static Decision<ITerminalEvent> Order(
        TerminalState terminal,
        CaseState state,
        DecideCase decision,
        DateTimeOffset now
    )
    {
        var needsTerminal =
            state.WayOut is WayOut.PasswordReset or WayOut.ProviderRelease or WayOut.OfflineCode;
        if (needsTerminal && !terminal.IsEnrolled)
        {
            return Refusal.Conflict(
                "not_enrolled",
                "The terminal is not enrolled; nothing could reach it."
            );
        }
        if (state.WayOut == WayOut.ProviderRelease && !terminal.Locks.ContainsKey(state.LockId))
        {
            return Refusal.Conflict(
                "lock_not_reported",
                "The terminal has not reported this lock; a code works without a connection."
            );
        }
        ITerminalCommand? command = state.WayOut switch
        {
            WayOut.PasswordReset => new OrderPasscodeReset(
                state.LockId,
                decision.Person,
                decision.Reason,
                state.Id
            ),
            WayOut.ProviderRelease => new OrderRelease(
                state.LockId,
                WayOut.ProviderRelease,
                decision.Person,
                decision.Reason,
                state.Id
            ),
            _ => null,
        };
        return command is null ? new([]) : TerminalDecisions.Decide(terminal, command, now);
    }
}
