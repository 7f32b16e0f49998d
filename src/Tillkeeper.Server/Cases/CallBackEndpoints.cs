using System.Globalization;
using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// <c>/api/v1/cases/{id}/call-backs</c>: the number on file is shown to be called, and how it went is recorded. No request takes a
/// number: what the caller gives is never called.
/// </summary>
internal static class CallBackEndpoints
{
    internal sealed record OutcomeBody(string? Outcome);

    public static void MapCallBacks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/cases/{id}/call-backs", Start)
            .Needs(Right.DecideCases)
            .ShowsOnce("phone", "name");
        app.MapPost("/api/v1/cases/{id}/call-backs/{number}", End).Needs(Right.DecideCases);
    }

    private static async Task<IResult> Start(
        string id,
        Person person,
        Appender appender,
        CaseFile files,
        HttpResponse response
    )
    {
        MerchantFile? file = null;
        var number = 0;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var (state, refused) = CaseRights.ToDecide(work, id, person);
                if (state is null)
                {
                    return refused;
                }
                file = files.Find(work, id);
                if (file is null)
                {
                    return Refusal.Conflict("no_file", "There is no number on file to call.");
                }
                var decision = work.Decide(
                    CaseStreams.Kind,
                    id,
                    state.Terminal,
                    s =>
                        CaseDecisions.Decide(s, new StartCallBack(file.DataId, person.Id), work.Now)
                );
                number = state.CallBacks.Count + 1;
                return decision.Refusal;
            }
        );
        response.Headers.CacheControl = "no-store";
        return refusal.Or(() =>
            Results.Json(
                new
                {
                    number,
                    name = file!.People.ContactName,
                    phone = file.People.ContactPhone,
                },
                statusCode: StatusCodes.Status201Created
            )
        );
    }

    private static async Task<IResult> End(
        string id,
        string number,
        OutcomeBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var (state, refused) = CaseRights.ToDecide(work, id, person);
                if (state is null)
                {
                    return refused;
                }
                var known = Words.TryParse<CallBackOutcome>(body.Outcome, out var outcome);
                _ = int.TryParse(
                    number,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var which
                );
                var command = new EndCallBack(which, outcome, person.Id);
                var decision = CaseDecisions.Decide(state, command, work.Now);
                if (decision.Refusal is not null || !known)
                {
                    return decision.Refusal
                        ?? Refusal.Invalid(
                            "outcome",
                            $"Use one of: {Words.All<CallBackOutcome>()}."
                        );
                }
                work.Append(CaseStreams.Kind, id, state.Terminal, decision.Events);
                return null;
            }
        );
        return refusal.Or(Results.NoContent);
    }
}
