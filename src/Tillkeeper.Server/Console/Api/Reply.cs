using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.Console.Api;

/// <summary>What the API said to a page.</summary>
/// <param name="Value">What was asked for; null when it was refused, or when there was nothing to say.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record Reply<T>(int Status, T? Value, ApiProblem? Problem)
{
    public bool Good => Status is >= 200 and < 300;
}

/// <summary>A refusal (RFC 9457) as the API tells it.</summary>
/// <param name="Code">Stable; its words in the reader's language are in <c>Console/Refusals</c>.</param>
/// <param name="Detail">What is wrong and what would be right, in English.</param>
/// <param name="More">What stands beside, e.g. <c>approvals</c>.</param>
internal sealed record ApiProblem(
    int Status,
    string Code,
    string Detail,
    string? Field = null,
    JsonElement More = default
)
{
    /// <summary>The first of two people has asked; it is recorded, and waits for the second.</summary>
    public bool WaitsForSecond => Code == "second_person_required";

    /// <summary>The same for what a page's own handler refuses.</summary>
    public static ApiProblem Of(Refusal refusal) =>
        new(Problems.StatusOf(refusal.Kind), refusal.Code, refusal.Detail, refusal.Field);

    public static ApiProblem Read(int status, ReadOnlySpan<byte> body)
    {
        JsonElement json = default;
        if (body.Length > 0 && body[0] == '{')
        {
            json = JsonElement.Parse(body);
        }
        return new ApiProblem(
            status,
            Text(json, "code") ?? "refused",
            Text(json, "detail") ?? "",
            Text(json, "field"),
            json
        );
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
