using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>The course of a case: who owes it, what it is merged with, when it is opened again, how the shop liked it.</summary>
internal static class LifeEndpoints
{
    internal sealed record AssignBody(string? Person, string? Reason);

    internal sealed record MergeBody(string? Into, string? Reason);

    internal sealed record ReopenBody(string? Reason);

    internal sealed record AnswerBody(int? Score);

    public static void MapLife(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/cases/{id}/locks", CoverEndpoint.Cover).Needs(Right.OpenCases);
        app.MapPost("/api/v1/cases/{id}/assignee", Assign).Needs(Right.DecideCases);
        app.MapPost("/api/v1/cases/{id}/merge", Merge).Needs(Right.DecideCases);
        app.MapPost("/api/v1/cases/{id}/reopen", Reopen).Needs(Right.OpenCases);
        app.MapPut("/api/v1/cases/{id}/answer", Answer).Needs(Right.OpenCases);
    }

    private static async Task<IResult> Assign(
        string id,
        AssignBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
                CaseAccess.Find(work, id, person) is not { } state
                    ? Refusal.NotFound("case")
                    : Take(
                        work,
                        state,
                        new AssignCase(
                            new CaseAssigned(
                                body.Person ?? "",
                                person.Id,
                                body.Reason?.Trim() ?? ""
                            )
                        ),
                        Entitled(work, state, body.Person) ?? Check.Text(body.Reason, "reason")
                    )
        );
        return refusal.Or(Results.NoContent);
    }

    /// <summary>Whoever owes a case must be able to see and to decide it.</summary>
    private static Refusal? Entitled(Work work, CaseState state, string? assignee)
    {
        var place = (string?)work.Views.Scalar("SELECT place FROM cases WHERE id = $1", state.Id);
        var found = work.Views.Query(
            "SELECT role, place FROM keys WHERE id = $1 AND revoked_at IS NULL",
            r => (Role: r.GetString(0), Place: r.GetString(1)),
            assignee ?? ""
        );
        return
            found is [var key]
            && place!.StartsWith(key.Place, StringComparison.Ordinal)
            && Words.TryParse<Role>(key.Role, out var role)
            && CaseRights.MayDecide(role, state)
            ? null
            : Refusal.Invalid("person", "Name somebody who may decide this case.");
    }

    private static async Task<IResult> Merge(
        string id,
        MergeBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (
                    CaseAccess.Find(work, id, person) is not { } from
                    || CaseAccess.Find(work, body.Into ?? "", person) is not { } into
                )
                {
                    return Refusal.NotFound("case");
                }
                var taken = CaseDecisions.Decide(into, new TakeOverCase(from, person.Id), work.Now);
                var merge = new MergeCase(into, person.Id, body.Reason?.Trim() ?? "");
                var content = taken.Refusal ?? Check.Text(body.Reason, "reason");
                if (Take(work, from, merge, content) is { } refused)
                {
                    return refused;
                }
                work.Append(CaseStreams.Kind, into.Id, into.Terminal, taken.Events);
                CaseReminder.Settled(work, id);
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id, mergedInto = body.Into }));
    }

    private static async Task<IResult> Reopen(
        string id,
        ReopenBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (
                    CaseAccess.Find(work, id, person) is not { } state
                    || TerminalAccess.Find(work, state.Terminal, person) is not { } terminal
                )
                {
                    return Refusal.NotFound("case");
                }
                var stands =
                    terminal.Locks.ContainsKey(state.LockId)
                    || (state.ByChallenge && state.Result == "refused");
                var reopening = new ReopenCase(person.Id, body.Reason?.Trim() ?? "", stands);
                var inTheWay =
                    !state.IsUnsettled
                    && Opening.Standing(work, state.Terminal, state.LockId, state.WayOut)
                        is not null
                        ? Refusal.Conflict(
                            "case_exists",
                            "A case for this way out of this lock is open."
                        )
                        : null;
                return Take(work, state, reopening, inTheWay ?? Check.Text(body.Reason, "reason"));
            }
        );
        return refusal.Or(() => Results.Json(new { id, state = "open" }));
    }

    /// <summary>The shop answers itself; staff note down what it said on the phone, but never about their own decision.</summary>
    private static async Task<IResult> Answer(
        string id,
        AnswerBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
                CaseAccess.Find(work, id, person) is not { } state
                    ? Refusal.NotFound("case")
                    : Take(
                        work,
                        state,
                        new RateCase(new CaseRated(body.Score ?? 0, person.Id, person.SeesInside)),
                        null
                    )
        );
        return refusal.Or(Results.NoContent);
    }

    /// <summary>Decides on the case; what is wrong with its state is told before what is wrong with the content.</summary>
    private static Refusal? Take(Work work, CaseState state, ICaseCommand command, Refusal? content)
    {
        var decision = CaseDecisions.Decide(state, command, work.Now);
        if ((decision.Refusal ?? content) is { } refused)
        {
            return refused;
        }
        work.Append(CaseStreams.Kind, state.Id, state.Terminal, decision.Events);
        return null;
    }
}
