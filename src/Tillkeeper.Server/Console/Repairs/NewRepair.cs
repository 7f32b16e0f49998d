using System.Text.Json;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Repairs;

namespace Tillkeeper.Server.Console.Repairs;

/// <summary>A guided diagnosis, and the repair that it may end in.</summary>
/// <param name="Parts">What can be diagnosed at this terminal; empty while none is named, or it is not the reader's.</param>
/// <param name="Diagnosis">The step that the answers so far lead to; null while no part is chosen.</param>
/// <param name="Answers">Those so far, in their order.</param>
internal sealed record NewRepair(
    string Terminal,
    string LockId,
    IReadOnlyList<PartTreeView> Parts,
    DiagnosisView? Diagnosis,
    IReadOnlyList<string> Answers
)
{
    public const string Step = "open";

    private sealed record PartsBody(IReadOnlyList<PartTreeView> Parts);

    public static async Task<NewRepair> Read(
        ApiClient api,
        string terminal,
        string part,
        string answers,
        string lockId
    )
    {
        NewRepair none = new(terminal, lockId, [], null, []);
        if (terminal.Length == 0)
        {
            return none;
        }
        var at = $"/api/v1/terminals/{Uri.EscapeDataString(terminal)}/diagnosis";
        var parts = await api.Get<PartsBody>(at);
        var diagnosis =
            part.Length > 0
                ? await api.Get<DiagnosisView>(
                    $"{at}?part={Uri.EscapeDataString(part)}&answers={Uri.EscapeDataString(answers)}"
                )
                : null;
        return none with
        {
            Parts = parts.Value?.Parts ?? [],
            Diagnosis = diagnosis?.Value,
            Answers = answers.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    public static object Body(IFormCollection form) =>
        new
        {
            terminalId = form.Said("terminalId"),
            part = form.Said("part"),
            fault = form.Said("fault"),
            lockId = form.Said("lockId"),
            sealIntact = form.Chose("sealIntact"),
            diagnosis = form.Said("tree") is { } tree
                ? JsonSerializer.SerializeToElement(
                    new
                    {
                        tree,
                        answers = (form.Said("answers") ?? "").Split(
                            ',',
                            StringSplitOptions.RemoveEmptyEntries
                        ),
                    }
                )
                : (JsonElement?)null,
        };
}
