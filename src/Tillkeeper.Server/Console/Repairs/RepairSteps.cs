using Tillkeeper.Server.Console.Steps;

namespace Tillkeeper.Server.Console.Repairs;

/// <summary>What can be done in a repair, each as one request to the API.</summary>
internal static class RepairSteps
{
    public static Dictionary<string, FormStep> All(TimeProvider time) =>
        new(StringComparer.Ordinal)
        {
            ["dispatch"] = FormStep.Post(
                "/dispatch",
                form => new
                {
                    company = form.Said("company"),
                    repairer = form.Said("repairer"),
                    due = Deadline.Of(form, time),
                }
            ),
            ["identity"] = FormStep.Post("/identity", form => new { proof = form.Said("proof") }),
            ["custody"] = FormStep.Post(
                "/custody",
                form => new
                {
                    from = form.Said("from"),
                    to = form.Said("to"),
                    condition = form.Said("condition"),
                    seal = form.Said("seal"),
                }
            ),
            ["result"] = FormStep.Post(
                "/result",
                form => new
                {
                    result = form.Said("result"),
                    work = form.Said("work"),
                    sealIntact = form.Chose("sealIntact"),
                    parts = PartsOf(form),
                }
            ),
            ["acceptance"] = FormStep.WithReason("/acceptance"),
            ["cancellation"] = FormStep.WithReason("/cancellation"),
        };

    /// <summary>The one part that was replaced; a wear part with the day on which it is due again.</summary>
    private static object[] PartsOf(IFormCollection form) =>
        form.Said("replaced") is { } part
            ?
            [
                new
                {
                    part,
                    wearPart = form.Said("dueOn") is not null,
                    dueOn = form.Said("dueOn"),
                },
            ]
            : [];
}
