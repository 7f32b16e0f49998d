using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Cases;

/// <summary><c>POST /api/v1/cases</c>: somebody asks for a way out of a lock.</summary>
internal static class Opening
{
    internal sealed record OpenBody(
        string? TerminalId,
        string? LockId,
        string? Challenge,
        string? WayOut,
        Applicant? Applicant,
        string? Note
    );

    /// <summary>How it ended: a case, or a refusal and the case that stands in the way, if any.</summary>
    private readonly record struct Outcome(Refusal? Refusal, string CaseId);

    public static void MapOpening(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/cases", Open).Needs(Right.OpenCases);

    private static async Task<IResult> Open(
        OpenBody body,
        Person person,
        Appender appender,
        CodeKeys codeKeys,
        PersonalData personal,
        TimeProvider time
    )
    {
        // Judged first, told last: what is wrong with the state comes before what is wrong with the content.
        var content = Content(body, time, out var applicant);
        var (refusal, id) = await appender.Run(
            person.Act,
            work => Decide(work, body, person, codeKeys, content, applicant, personal)
        );
        if (refusal is null)
        {
            return Results.Json(new { id }, statusCode: StatusCodes.Status201Created);
        }
        return id.Length > 0 ? Problems.Of(refusal, ("caseId", id)) : Problems.Of(refusal);
    }

    private static Refusal? Content(OpenBody body, TimeProvider time, out Applicant applicant)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return Applicant.Check(body.Applicant, today, out applicant)
            ?? Check.Optional(body.Note, "note");
    }

    private static Outcome Decide(
        Work work,
        OpenBody body,
        Person person,
        CodeKeys codeKeys,
        Refusal? content,
        Applicant applicant,
        PersonalData personal
    )
    {
        var (target, refusal) = CaseTarget.Find(
            work,
            body.TerminalId,
            body.LockId,
            body.Challenge,
            person,
            codeKeys
        );
        if (target is null)
        {
            return new(refusal, "");
        }
        if (!Words.TryParse<WayOut>(body.WayOut, out var wayOut))
        {
            return new(Refusal.Invalid("wayOut", $"Use one of: {target.Ways}."), "");
        }
        var opening = new CaseOpened(
            Ids.New(),
            target.Terminal,
            target.LockId,
            target.Cause,
            wayOut,
            new ApplicantRef("", ""),
            person.Id,
            target.ByChallenge,
            work.Now,
            string.IsNullOrWhiteSpace(body.Note) ? null : body.Note.Trim()
        );
        var wanted = CaseDecisions.Decide(
            CaseState.Empty,
            new OpenCase(opening, target.Ways),
            work.Now
        );
        if (wanted.Refusal is not null)
        {
            return new(wanted.Refusal, "");
        }
        if (Standing(work, opening) is { } standing)
        {
            return new(
                Refusal.Conflict("case_exists", "A case for this way out of this lock is open."),
                standing
            );
        }
        if (content is not null)
        {
            return new(content, "");
        }
        work.Append(
            CaseStreams.Kind,
            opening.Case,
            opening.Terminal,
            [opening with { Applicant = applicant.Keep(work, personal) }]
        );
        return new(null, opening.Case);
    }

    /// <summary>The unsettled case that asks for the same, or null.</summary>
    private static string? Standing(Work work, CaseOpened opening) =>
        (string?)
            work.Views.Scalar(
                "SELECT id FROM cases WHERE terminal = $1 AND status IN ('open', 'approved') AND lock_id = $2 AND way_out = $3",
                opening.Terminal,
                opening.LockId,
                Words.Of(opening.WayOut)
            );
}
