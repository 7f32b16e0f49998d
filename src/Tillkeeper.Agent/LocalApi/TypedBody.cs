using System.Text.Json;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>
/// A JSON object that came in, read forgivingly: what is missing or of another type is null, for the endpoint to judge in its own
/// order. That way nothing that was typed can get an answer before its turn, and no odd spelling skips the counting.
/// </summary>
internal sealed class TypedBody
{
    private readonly JsonElement root;

    private TypedBody(JsonElement root) => this.root = root;

    /// <summary>Null when it is no JSON object.</summary>
    /// <exception cref="BadHttpRequestException">It is larger than the endpoint allows.</exception>
    public static async Task<TypedBody?> ReadAsync(HttpRequest request)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(
                request.Body,
                new JsonDocumentOptions { MaxDepth = 8 },
                request.HttpContext.RequestAborted
            );
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new TypedBody(json.RootElement.Clone())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IResult Malformed { get; } =
        Problems.Of(
            StatusCodes.Status400BadRequest,
            "malformed_json",
            "The body must be a JSON object."
        );

    public bool Has(string name) => root.TryGetProperty(name, out _);

    /// <summary>A string, or the text of a number; null for anything else.</summary>
    public string? Text(string name) =>
        root.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>A whole number of zero or more; null for anything else.</summary>
    public long? Count(string name) =>
        root.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
        && number >= 0
            ? number
            : null;

    /// <summary>The strings of an array, null for each element that is none; null when it is no array.</summary>
    public IReadOnlyList<string?>? Texts(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(TextOf).ToList()
            : null;

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: JSON, but no text.
            return null;
        }
    }
}
