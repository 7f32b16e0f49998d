using System.Text.Json;
using Tillkeeper.Server.Console.Api;

namespace Tillkeeper.Server.Console.Steps;

/// <summary>The form that was just sent, for the page that answers it: what was typed is not lost, and what is shown once is shown.</summary>
/// <param name="Step">Which of the page's forms.</param>
/// <param name="Answer">What the API said, where the page shows it at once.</param>
internal sealed record Sent(
    string Step,
    IFormCollection Form,
    ApiProblem? Problem,
    JsonElement Answer = default
)
{
    /// <summary>A text of the answer, e.g. a code; null when there is none.</summary>
    public string? Told(string step, string name) =>
        Step == step
        && Answer.ValueKind == JsonValueKind.Object
        && Answer.TryGetProperty(name, out var value)
            ? value.ToString()
            : null;
}

/// <summary>For pages that nobody has sent a form of yet.</summary>
internal static class SentExtensions
{
    /// <summary>Why this form was refused; null when it was another, or none.</summary>
    public static ApiProblem? ProblemOf(this Sent? sent, string step) =>
        sent?.Step == step ? sent.Problem : null;

    /// <summary>What had been typed into a field of a form that was refused.</summary>
    public static string? Typed(this Sent? sent, string step, string field) =>
        sent.ProblemOf(step) is { WaitsForSecond: false } ? sent!.Form[field].ToString() : null;
}
