using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Investigations;

/// <summary>What is done in an investigation: findings, actions, a changed policy, the end.</summary>
internal static class StepEndpoints
{
    private const int MostFactors = 20;

    internal sealed record FindingsBody(
        bool? CauseConfirmed,
        string? CauseCorrected,
        IReadOnlyList<string?>? Factors
    );

    internal sealed record ActionBody(string? What, string? Owner, DateTimeOffset? Due);

    internal sealed record PolicyBody(string? Target, long? Revision);

    internal sealed record CloseBody(string? Conclusion, bool? FalseLock);

    public static void MapInvestigationSteps(this IEndpointRouteBuilder app)
    {
        const string one = "/api/v1/investigations/{id}";
        app.MapPut($"{one}/findings", Find).Needs(Right.Investigate);
        app.MapPost($"{one}/actions", Plan).Needs(Right.Investigate);
        app.MapPost($"{one}/actions/{{action:int}}/done", Done).Needs(Right.Investigate);
        app.MapPost($"{one}/policies", Link).Needs(Right.Investigate);
        app.MapPost($"{one}/close", Close).Needs(Right.Investigate);
    }

    private static Task<IResult> Find(
        string id,
        FindingsBody body,
        Person person,
        Appender appender
    ) =>
        Step(
            id,
            person,
            appender,
            (work, state) =>
            {
                Cause? corrected = null;
                if (body.CauseCorrected is not null)
                {
                    if (!Words.TryParse<Cause>(body.CauseCorrected, out var cause))
                    {
                        return Refusal.Invalid(
                            "causeCorrected",
                            $"Use one of: {Words.All<Cause>()}."
                        );
                    }
                    corrected = cause;
                }
                if (body.CauseConfirmed is true == corrected is not null)
                {
                    return Refusal.Invalid(
                        "causeConfirmed",
                        "Confirm the cause, or name the true one."
                    );
                }
                var factors = body.Factors ?? [];
                if (factors.Count > MostFactors)
                {
                    return Refusal.Invalid("factors", $"Name at most {MostFactors}.");
                }
                var unclear = factors
                    .Select(f => Check.Text(f, "factors"))
                    .FirstOrDefault(r => r is not null);
                return unclear is not null
                    ? unclear
                    : InvestigationDecisions.Find(
                        state,
                        corrected,
                        [.. factors.Select(f => f!.Trim())],
                        person.Id,
                        work.Now
                    );
            }
        );

    private static Task<IResult> Plan(
        string id,
        ActionBody body,
        Person person,
        Appender appender
    ) =>
        Step(
            id,
            person,
            appender,
            (work, state) =>
            {
                if (Check.Text(body.What, "what") is { } unclear)
                {
                    return unclear;
                }
                if (!IsPerson(work, body.Owner))
                {
                    return Refusal.Invalid("owner", "Name the id of a person who works here.");
                }
                return body.Due is { } due
                    ? InvestigationDecisions.Plan(
                        state,
                        body.What!.Trim(),
                        body.Owner!,
                        due.ToUniversalTime(),
                        person.Id,
                        work.Now
                    )
                    : Refusal.Invalid("due", "'due' is required.");
            },
            s => Results.Json(new { action = s.Actions.Count }, statusCode: 201)
        );

    private static Task<IResult> Done(string id, int action, Person person, Appender appender) =>
        Step(
            id,
            person,
            appender,
            (work, state) =>
            {
                var decision = InvestigationDecisions.Finish(state, action, person.Id, work.Now);
                if (decision.Refusal is null)
                {
                    Alerts.Clear(work, InvestigationClock.KeyOf(id, action));
                }
                return decision;
            },
            mustBeOpen: false
        );

    private static Task<IResult> Link(
        string id,
        PolicyBody body,
        Person person,
        Appender appender
    ) =>
        Step(
            id,
            person,
            appender,
            (work, state) =>
                body is { Target: { } target, Revision: { } revision }
                && work.Views.Scalar(
                    "SELECT 1 FROM policy_history WHERE target = $1 AND revision = $2",
                    target,
                    revision
                )
                    is not null
                    ? InvestigationDecisions.Link(state, target, revision, person.Id, work.Now)
                    : Refusal.Invalid("revision", "Name a policy's target and a revision it had.")
        );

    private static Task<IResult> Close(
        string id,
        CloseBody body,
        Person person,
        Appender appender
    ) =>
        Step(
            id,
            person,
            appender,
            (work, state) =>
            {
                if (Check.Text(body.Conclusion, "conclusion") is { } unclear)
                {
                    return unclear;
                }
                return body.FalseLock is { } wrong
                    ? InvestigationDecisions.Close(
                        state,
                        body.Conclusion!.Trim(),
                        wrong,
                        person.Id,
                        work.Now
                    )
                    : Refusal.Invalid(
                        "falseLock",
                        "Say whether the lock was wrong: true or false."
                    );
            }
        );

    private static async Task<IResult> Step(
        string id,
        Person person,
        Appender appender,
        Func<Work, InvestigationState, Decision<IInvestigationEvent>> decide,
        Func<InvestigationState, IResult>? answer = null,
        bool mustBeOpen = true
    )
    {
        var after = InvestigationState.Empty;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var state = work.Load(InvestigationStreams.Kind, id);
                if (!state.Exists || !person.Sees(state.Opened!.Place))
                {
                    return Refusal.NotFound("investigation");
                }
                if (mustBeOpen && InvestigationDecisions.Closed(state) is { } closed)
                {
                    return closed;
                }
                var decision = work.Decide(InvestigationStreams.Kind, id, id, s => decide(work, s));
                after = work.Load(InvestigationStreams.Kind, id);
                return decision.Refusal;
            }
        );
        return refusal.Or(() => answer?.Invoke(after) ?? Results.NoContent());
    }

    private static bool IsPerson(Work work, string? id) =>
        id is not null
        && work.Views.Scalar(
            "SELECT 1 FROM keys WHERE person = $1 AND revoked_at IS NULL LIMIT 1",
            id
        )
            is not null;
}
