using System.Security.Cryptography;
using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Terminals;

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
        string? Note,
        IReadOnlyList<FurtherLock>? AlsoLocks = null
    );

    /// <summary>Another lock of the same terminal, and how it is to end.</summary>
    internal sealed record FurtherLock(string? LockId, string? WayOut);

    private const int MostDraws = 50;

    /// <summary>How it ended: a case, or a refusal and the case that stands in the way, if any.</summary>
    private readonly record struct Outcome(
        Refusal? Refused,
        string CaseId,
        string? ShortNumber = null,
        DateTimeOffset? Due = null
    );

    public static void MapOpening(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/cases", Open).Needs(Right.OpenCases);

    private static async Task<IResult> Open(
        OpenBody body,
        Person person,
        Appender appender,
        CodeKeys codeKeys,
        PersonalData personal,
        PolicyBook policies,
        TimeProvider time
    )
    {
        // Judged first, told last: what is wrong with the state comes before what is wrong with the content.
        var content = Content(body, time, out var applicant);
        var (refusal, id, number, due) = await appender.Run(
            person.Act,
            work => Decide(work, body, person, codeKeys, content, applicant, personal, policies)
        );
        if (refusal is null)
        {
            return Results.Json(
                new
                {
                    id,
                    number,
                    due,
                },
                statusCode: StatusCodes.Status201Created
            );
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
        PersonalData personal,
        PolicyBook policies
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
            string.IsNullOrWhiteSpace(body.Note) ? null : body.Note.Trim(),
            Number(work.Views),
            work.Now + CaseDueTimes.Of(target.Cause),
            Asked(work, target, wayOut, policies)
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
        var (further, unfit) = Further(work, opening, body.AlsoLocks);
        if ((unfit ?? content) is { } wrong)
        {
            return new(wrong, "");
        }
        work.Append(
            CaseStreams.Kind,
            opening.Case,
            opening.Terminal,
            [opening with { Applicant = applicant.Keep(work, personal) }, .. further]
        );
        return new(null, opening.Case, opening.Number, opening.Due);
    }

    /// <summary>What covers the further locks that were named, or why one of them cannot be.</summary>
    private static (List<ICaseEvent> Events, Refusal? Refusal) Further(
        Work work,
        CaseOpened opening,
        IReadOnlyList<FurtherLock>? named
    )
    {
        List<ICaseEvent> events = [];
        var terminal = work.Load(TerminalStreams.Kind, opening.Terminal);
        var state = CaseState.Apply(CaseState.Empty, opening);
        // One more than a case can hold is enough to be refused.
        foreach (var one in named?.Take(CaseState.MostLocks + 1) ?? [])
        {
            var decision = CoverEndpoint.Decide(state, terminal, one, opening.Person, work.Now);
            if (decision.Refusal is not null)
            {
                return (events, decision.Refusal);
            }
            events.AddRange(decision.Events);
            state = decision.Events.Aggregate(state, CaseState.Apply);
        }
        return (events, null);
    }

    /// <summary>What the policy asks for to prove who asks, as it stands now.</summary>
    private static IdentityAsked Asked(
        Work work,
        CaseTarget target,
        WayOut wayOut,
        PolicyBook policies
    )
    {
        var terminal = work.Load(TerminalStreams.Kind, target.Terminal);
        return policies.Of(work.Views, terminal).Identity.Asked(target.Cause, wayOut);
    }

    /// <summary>A number that no unsettled case has; none when so many are drawn in vain that the case must do without.</summary>
    public static string? Number(Views views)
    {
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var number = CaseNumber.From(RandomNumberGenerator.GetInt32(CaseNumber.Count));
            var taken = views.Scalar(
                "SELECT 1 FROM case_facts f JOIN cases c ON c.id = f.id WHERE f.number = $1 AND c.status IN ('open', 'approved')",
                number
            );
            if (taken is null)
            {
                return number;
            }
        }
        return null;
    }

    private static string? Standing(Work work, CaseOpened opening) =>
        Standing(work, opening.Terminal, opening.LockId, opening.WayOut);

    /// <summary>The unsettled case that asks for the same, or null.</summary>
    public static string? Standing(Work work, string terminal, string lockId, WayOut wayOut) =>
        (string?)
            work.Views.Scalar(
                "SELECT id FROM cases WHERE terminal = $1 AND status IN ('open', 'approved') AND lock_id = $2 AND way_out = $3",
                terminal,
                lockId,
                Words.Of(wayOut)
            );
}
