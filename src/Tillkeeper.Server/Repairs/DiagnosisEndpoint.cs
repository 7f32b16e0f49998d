using Tillkeeper.Core;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Repairs.Diagnosis;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Repairs.Texts;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Repairs;

internal sealed record AnswerView(string Answer, string Text);

/// <param name="Kind"><c>question</c>, <c>warning</c> or <c>outcome</c>.</param>
internal sealed record StepView(
    string Kind,
    string Text,
    IReadOnlyList<AnswerView>? Answers,
    DiagnosisOutcome? Outcome
);

internal sealed record PartTreeView(string Part, string Title);

internal sealed record DiagnosisView(
    string Tree,
    string Part,
    string Title,
    StepView Step,
    WarrantyVerdict Warranty,
    IReadOnlyList<TestedPart>? SelfTest
);

/// <summary>
/// <c>GET /api/v1/terminals/{id}/diagnosis?part=printer&amp;answers=yes,no</c>: the next step of a guided diagnosis (W5), with what the terminal last
/// said of itself and what its warranty says. Without a part: what can be diagnosed. Nothing is kept between two steps.
/// </summary>
internal static class DiagnosisEndpoint
{
    private const int LongestAnswers = 1024;

    public static IResult Show(
        string id,
        Person person,
        TerminalAccess access,
        DiagnosisLibrary library,
        TimeProvider time,
        HttpRequest request,
        string? part = null,
        string? answers = null
    )
    {
        if (access.Find(id, person) is not { Profile: { } profile } terminal)
        {
            return Problems.Of(Refusal.NotFound("terminal"));
        }
        var culture = LockExplainer.Choose(request.Headers.AcceptLanguage);
        var trees = library.For(profile.Model).ToList();
        if (part is null)
        {
            return Results.Json(
                new
                {
                    parts = trees.Select(t => new PartTreeView(
                        t.Part,
                        RepairTexts.Of(t.Title, culture)
                    )),
                }
            );
        }
        if (trees.Find(t => t.Part == part) is not { } tree)
        {
            return Problems.Of(Refusal.NotFound("diagnosis"));
        }
        if (answers?.Length > LongestAnswers)
        {
            return Problems.Of(
                Refusal.Invalid("answers", $"Use at most {LongestAnswers} characters.")
            );
        }
        var given = (answers ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var (step, wrong) = DiagnosisWalk.To(tree, given);
        return wrong.Or(() =>
            Results.Json(
                new DiagnosisView(
                    tree.Name,
                    tree.Part,
                    RepairTexts.Of(tree.Title, culture),
                    Of(step!, culture),
                    WarrantyRules.Judge(
                        profile.Warranty,
                        null,
                        DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)
                    ),
                    terminal.SelfTest?.Parts
                )
            )
        );
    }

    private static StepView Of(DiagnosisStep step, System.Globalization.CultureInfo culture)
    {
        if (step.IsWarning)
        {
            return new StepView(
                "warning",
                RepairTexts.Of("warning.text", culture),
                [
                    new(DiagnosisWalk.Understood, RepairTexts.Of("warning.understood", culture)),
                    new(DiagnosisWalk.LeaveIt, RepairTexts.Of("warning.leave_it", culture)),
                ],
                null
            );
        }
        var said = RepairTexts.Of(step.Node.Text, culture);
        return new StepView(
            step.Node.Outcome is null ? "question" : "outcome",
            said.Length > 0 ? said : RepairTexts.Of("leave_it.text", culture),
            step.Node.Answers?.Select(a => new AnswerView(
                    a.Answer,
                    RepairTexts.Of(a.Text, culture)
                ))
                .ToList(),
            step.Node.Outcome
        );
    }
}
