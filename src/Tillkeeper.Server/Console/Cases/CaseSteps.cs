using System.Globalization;
using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.Console.Cases;

/// <summary>What can be done at the desk, each as one request to the API.</summary>
internal static class CaseSteps
{
    private const string Attach = "attach";
    private const int LargestUpload = 20 * 1024 * 1024;

    private static readonly Dictionary<string, FormStep> All = new(StringComparer.Ordinal)
    {
        ["call"] = FormStep.Post("/call-backs", _ => new { }),
        ["called"] = new(
            form => $"/call-backs/{form.Segment("number")}",
            form => new { outcome = form.Said("outcome") }
        ),
        ["compare"] = FormStep.Post(
            "/comparison",
            form => new
            {
                name = form.Said("name"),
                number = form.Said("number"),
                legalRepresentative = form.Said("legalRepresentative"),
                serial = form.Said("serial"),
                model = form.Said("model"),
                settlementLast = form.Said("settlementLast"),
            }
        ),
        ["decide"] = FormStep.Post(
            "/decision",
            form => new { decision = form.Said("decision"), reason = form.Said("reason") }
        ),
        ["code"] = FormStep.Post(
            "/offline-code",
            form => new { challenge = form.Said("challenge") }
        ),
        ["assign"] = FormStep.Post(
            "/assignee",
            form => new { person = form.Said("person"), reason = form.Said("reason") }
        ),
        ["merge"] = FormStep.Post(
            "/merge",
            form => new { into = form.Said("into"), reason = form.Said("reason") }
        ),
        ["reopen"] = FormStep.WithReason("/reopen"),
        ["cover"] = FormStep.Post(
            "/locks",
            form => new { lockId = form.Said("lockId"), wayOut = form.Said("wayOut") }
        ),
        ["answer"] = new(
            _ => "/answer",
            form => new
            {
                score = int.TryParse(
                    form.Said("score"),
                    CultureInfo.InvariantCulture,
                    out var score
                )
                    ? score
                    : 0,
            },
            Puts: true
        ),
    };

    /// <summary>Steps whose answer is seen once, on the page that answers the form.</summary>
    public static bool ShowsAnswer(string step) => step is "call" or "code";

    /// <returns>Null when there is no such step.</returns>
    public static async Task<Reply<JsonElement>?> Take(
        ApiClient api,
        string id,
        string step,
        IFormCollection form
    )
    {
        var at = CaseDesk.PathOf(id);
        if (step == Attach)
        {
            return await Upload(api, at, form);
        }
        return All.TryGetValue(step, out var known) ? await known.Take(api, at, form) : null;
    }

    private static async Task<Reply<JsonElement>> Upload(
        ApiClient api,
        string at,
        IFormCollection form
    )
    {
        if (form.Files["document"] is not { Length: > 0 and <= LargestUpload } file)
        {
            var refusal = Refusal.Invalid("document", "Choose a picture or PDF of at most 20 MB.");
            return new(
                StatusCodes.Status422UnprocessableEntity,
                default,
                new ApiProblem(
                    Problems.StatusOf(refusal.Kind),
                    refusal.Code,
                    refusal.Detail,
                    refusal.Field
                )
            );
        }
        using MemoryStream content = new();
        await file.CopyToAsync(content);
        return await api.Upload("PUT", $"{at}/documents/{form.Segment("kind")}", content.ToArray());
    }
}
