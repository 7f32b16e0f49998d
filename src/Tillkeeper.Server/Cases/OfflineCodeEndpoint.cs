using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>
/// <c>POST /api/v1/cases/{id}/offline-code</c>: the eight digits that support reads out. Computed once the event is durable, told
/// once, kept nowhere.
/// </summary>
internal static class OfflineCodeEndpoint
{
    internal sealed record CodeBody(string? Challenge);

    private sealed record Issued(string Code, DateTimeOffset ExpiresAt);

    public static void MapOfflineCode(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/cases/{id}/offline-code", Issue)
            .Needs(Right.ReadCodes)
            .ShowsOnce("code");

    private static async Task<IResult> Issue(
        string id,
        CodeBody body,
        Person person,
        Appender appender,
        CodeKeys codeKeys,
        HttpResponse response
    )
    {
        Issued? issued = null;
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
                if (CaseRights.Deciding(person.Role, state) is { } notYours)
                {
                    return notYours;
                }
                if (!terminal.IsEnrolled)
                {
                    return Refusal.Conflict(
                        "not_enrolled",
                        "The terminal is not enrolled, or was revoked; it gets no codes."
                    );
                }
                var key = codeKeys.For(terminal.Id, terminal.Epoch);
                var challenge = Challenge.Open(body.Challenge, key);
                var decision = work.Decide(
                    CaseStreams.Kind,
                    id,
                    state.Terminal,
                    s => CaseDecisions.Decide(s, new IssueCode(challenge, person.Id), work.Now)
                );
                if (decision.Refusal is null)
                {
                    // Before anybody hears the code, or the terminal's word that it ended the lock would not be believed.
                    work.Decide(
                        TerminalStreams.Kind,
                        terminal.Id,
                        terminal.Id,
                        s => TerminalDecisions.Decide(s, new ReadOutCode(state.LockId), work.Now)
                    );
                    issued = new Issued(
                        OfflineCode.Compute(
                            key,
                            challenge!.Text(key),
                            CaseDecisions.EffectOf(state)
                        ),
                        decision.Events.OfType<CodeIssued>().Single().ExpiresAt
                    );
                }
                return decision.Refusal;
            }
        );
        response.Headers.CacheControl = "no-store";
        return refusal.Or(() => Results.Json(new { code = issued!.Code, issued.ExpiresAt }));
    }
}
