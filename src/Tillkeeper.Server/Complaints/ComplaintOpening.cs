using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Complaints;

/// <summary><c>POST /api/v1/complaints</c> and <c>.../escalate</c>: somebody is not content, and takes it further.</summary>
internal static class ComplaintOpening
{
    internal sealed record OpenBody(
        string? Kind,
        string? TerminalId,
        string? LockId,
        string? CaseId,
        string? Text
    );

    internal sealed record EscalateBody(string? To);

    public static void MapComplaintOpening(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/complaints", Open).Needs(Right.OpenCases);
        app.MapPost("/api/v1/complaints/{id}/escalate", Escalate).Needs(Right.OpenCases);
    }

    private static async Task<IResult> Open(
        OpenBody body,
        Person person,
        Appender appender,
        PersonalData personal
    )
    {
        ComplaintOpened? opened = null;
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (!Words.TryParse<ComplaintKind>(body.Kind, out var kind))
                {
                    return Refusal.Invalid("kind", $"Use one of: {Words.All<ComplaintKind>()}.");
                }
                var (subject, missing) = ComplaintSubject.Find(
                    work,
                    kind,
                    body.TerminalId,
                    body.LockId,
                    body.CaseId,
                    person
                );
                if (subject is null)
                {
                    return missing;
                }
                if (Check.Text(body.Text, "text") is { } noText)
                {
                    return noText;
                }
                opened = new ComplaintOpened(
                    Ids.New(),
                    kind,
                    subject.Place,
                    ComplaintText.Keep(work, personal, body.Text!.Trim()),
                    subject.Involved,
                    person.Id,
                    work.Now,
                    work.Now + ComplaintDecisions.TimeFor(ComplaintLevel.Reviewer)!.Value,
                    subject.Terminal,
                    subject.LockId,
                    subject.CaseId,
                    subject.Cause,
                    subject.ByProvider
                );
                work.Append(ComplaintStreams.Kind, opened.Complaint, opened.Complaint, [opened]);
                return null;
            }
        );
        return refusal.Or(() =>
            Results.Json(new { id = opened!.Complaint, opened.Due }, statusCode: 201)
        );
    }

    private static async Task<IResult> Escalate(
        string id,
        EscalateBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (ComplaintViews.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("complaint");
                }
                return Words.TryParse<ComplaintLevel>(body.To, out var to)
                    ? work.Decide(
                        ComplaintStreams.Kind,
                        id,
                        id,
                        s => ComplaintDecisions.Escalate(s, to, person.Id, work.Now)
                    ).Refusal
                    : Refusal.Invalid("to", $"Use one of: {Words.All<ComplaintLevel>()}.");
            }
        );
        return refusal.Or(() => Results.NoContent());
    }
}
