using Tillkeeper.Core;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Environments;

/// <summary>
/// <c>POST /api/v1/terminals/{id}/questions/{rule}/answer</c> <c>{answer: "ours"|"not_ours", note?}</c>. Whoever sees the shop may answer; that an
/// environment belongs to the shop from now on, only the provider can say, asked or not.
/// </summary>
internal sealed class QuestionEndpoint(
    PolicyBook policies,
    LatestReports reports,
    Sightings sightings
)
{
    internal sealed record AnswerBody(string? Answer, string? Note);

    public static async Task<IResult> Take(
        string id,
        string rule,
        AnswerBody body,
        Person person,
        Appender appender,
        QuestionEndpoint questions,
        EnvironmentWatch watch
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work => questions.Decide(work, id, rule, body, person)
        );
        watch.LookAgain(id);
        return refusal.Or(() => Results.Json(new { rule, answer = body.Answer }));
    }

    private Refusal? Decide(Work work, string id, string word, AnswerBody body, Person person)
    {
        if (TerminalAccess.Find(work, id, person) is not { } state)
        {
            return Refusal.NotFound("terminal");
        }
        if (
            !Words.TryParse<RuleName>(word, out var rule)
            || rule is not (RuleName.Environment or RuleName.Location)
        )
        {
            return Refusal.NotFound("question");
        }
        var confirms = Rights.May(person.Role, Right.DecideCases);
        var known = work.Load(WhereaboutsStreams.Kind, id);
        var question = known.QuestionOf(rule);
        if (Forbidden(state, rule, question, person, confirms) is { } forbidden)
        {
            return forbidden;
        }
        var isOurs = body.Answer == "ours";
        var wrong =
            isOurs || body.Answer == "not_ours"
                ? Check.Optional(body.Note, "note")
                : Refusal.Invalid("answer", "Answer ours or not_ours.");
        if (wrong is not null)
        {
            return wrong;
        }
        if (question is not null)
        {
            work.Append(
                id,
                new QuestionAnswered(
                    rule,
                    isOurs ? QuestionStatus.Ours : QuestionStatus.NotOurs,
                    person.Id,
                    work.Now,
                    body.Note
                )
            );
        }
        if (isOurs && confirms && rule == RuleName.Environment)
        {
            Confirm(work, id, known, question, person);
        }
        if (!isOurs && Standing(state, rule) is { } finding)
        {
            Findings.LockFor(work, id, rule, policies.Of(work.Views, state), finding.Evidence);
        }
        return null;
    }

    /// <summary>What the state forbids, whatever the answer is.</summary>
    private static Refusal? Forbidden(
        TerminalState state,
        RuleName rule,
        Question? question,
        Person person,
        bool confirms
    )
    {
        if (Standing(state, rule) is { LockId: { } lockId } && state.Locks.ContainsKey(lockId))
        {
            return Rights.May(person.Role, Right.ReleaseLocks)
                ? null
                : Refusal.Conflict(
                    "already_locked",
                    "It is locked already; the provider decides about the release."
                );
        }
        return (question, confirms) switch
        {
            (null, false) => Refusal.Conflict(
                "no_question",
                "Nothing is asked about this terminal."
            ),
            ({ Status: not QuestionStatus.Open }, false) => Refusal.Conflict(
                "already_answered",
                "The question has been answered."
            ),
            _ => null,
        };
    }

    private void Confirm(Work work, string id, Whereabouts known, Question? question, Person person)
    {
        var marks =
            question?.Marks
            ?? (
                reports.Of(id) is { } report
                    ?
                    [
                        .. sightings
                            .Of(id, report.Environment, report.Source)
                            .Marks.Select(m => m.ToString()),
                    ]
                    : []
            );
        string[] fresh = [.. marks.Where(m => !known.Familiar.Contains(m))];
        if (fresh.Length > 0)
        {
            work.Append(id, new MarksConfirmed(fresh, person.Id));
        }
    }

    private static Finding? Standing(TerminalState state, RuleName rule) =>
        state.Findings.GetValueOrDefault(Finding.KeyOf(rule, null));
}
