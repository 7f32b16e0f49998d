using System.Globalization;
using System.Text;
using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.PolicyFiles;

namespace Tillkeeper.Server.Policies;

/// <summary>What comes in with a policy: JSON, or the file itself as <c>application/yaml</c> with the reason in the query.</summary>
internal sealed record PolicyBody(
    string? Document,
    string? Reason = null,
    long? ExpectedRevision = null
)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the body; an unreadable one is a refusal, never an exception of ours.</summary>
    public static async Task<(PolicyBody Body, Refusal? Refusal)> Read(HttpRequest request)
    {
        var isYaml =
            request.ContentType is { } type
            && type.Split(';')[0].Trim()
                is "application/yaml"
                    or "application/x-yaml"
                    or "text/yaml";
        if (!isYaml && !request.HasJsonContentType())
        {
            return (
                new PolicyBody(Document: null),
                new Refusal(
                    RefusalKind.UnsupportedType,
                    "unsupported_type",
                    "Send the file as application/yaml, or {document, reason} as application/json."
                )
            );
        }
        var body = isYaml ? await ReadYaml(request) : await ReadJson(request);
        return Expected(request, body, out var expected) is { } wrong
            ? (body, wrong)
            : (body with { ExpectedRevision = expected }, null);
    }

    /// <summary>The file in it, with its mistakes.</summary>
    public PolicyFile ToFile() => PolicyFile.Read(Document ?? "");

    /// <summary>What is wrong with the body itself, the file not looked at.</summary>
    public Refusal? Check() =>
        Document is null
            ? Refusal.Invalid("document", "'document' is required: the policy file as text.")
            : null;

    private static async Task<PolicyBody> ReadJson(HttpRequest request)
    {
        try
        {
            return await request.ReadFromJsonAsync<PolicyBody>(request.HttpContext.RequestAborted)
                ?? new PolicyBody(Document: null);
        }
        // The latter: a charset that nobody knows.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadHttpRequestException(
                "The body is not the JSON expected here.",
                StatusCodes.Status400BadRequest,
                e as JsonException ?? new JsonException()
            );
        }
    }

    private static async Task<PolicyBody> ReadYaml(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        try
        {
            return new PolicyBody(
                Strict.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)),
                request.Query["reason"].ToString()
            );
        }
        catch (DecoderFallbackException)
        {
            throw new BadHttpRequestException(
                "The body is no UTF-8 text.",
                StatusCodes.Status400BadRequest,
                new JsonException("", "$.document", null, null)
            );
        }
    }

    /// <summary><c>If-Match: "7"</c> says the same as <c>expectedRevision</c>; 0 means that nothing is set there yet.</summary>
    private static Refusal? Expected(HttpRequest request, PolicyBody body, out long? expected)
    {
        expected = body.ExpectedRevision;
        var given = request.Headers.IfMatch.ToString().Trim('"');
        if (given.Length == 0)
        {
            return null;
        }
        if (
            !long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
        )
        {
            return Refusal.Invalid("If-Match", "Send the revision you have seen, e.g. \"7\".");
        }
        expected = revision;
        return null;
    }
}
