using System.Diagnostics.CodeAnalysis;
using Tillkeeper.Core;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Http;

/// <summary>The one place where a refusal becomes an HTTP answer (RFC 9457).</summary>
internal static class Problems
{
    public static int StatusOf(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Gone => StatusCodes.Status410Gone,
            RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            RefusalKind.UnsupportedType => StatusCodes.Status415UnsupportedMediaType,
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.Locked => StatusCodes.Status423Locked,
            RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        };

    public static IResult Of(
        Refusal refusal,
        params ReadOnlySpan<(string Name, object? Value)> more
    )
    {
        Meters.Refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
        Dictionary<string, object?> extensions = new(StringComparer.Ordinal)
        {
            ["code"] = refusal.Code,
        };
        if (refusal.Field is { } field)
        {
            extensions["field"] = field;
        }
        foreach (var (name, value) in more)
        {
            extensions[name] = value;
        }
        return Results.Problem(
            detail: refusal.Detail,
            statusCode: StatusOf(refusal.Kind),
            title: TitleOf(refusal.Code),
            type: $"urn:tillkeeper:problem:{refusal.Code}",
            extensions: extensions
        );
    }

    /// <summary>For a status that was set without saying anything: by routing, or by Kestrel.</summary>
    public static IResult OfStatus(int status)
    {
        var (code, detail) = status switch
        {
            StatusCodes.Status404NotFound => ("not_found", "There is nothing at this address."),
            StatusCodes.Status405MethodNotAllowed => (
                "method_not_allowed",
                "This address does not take this method; the header Allow names those it takes."
            ),
            StatusCodes.Status413PayloadTooLarge => (
                "too_large",
                "The body is larger than this address accepts."
            ),
            StatusCodes.Status415UnsupportedMediaType => (
                "unsupported_type",
                "Send JSON as application/json."
            ),
            _ => ("refused", "The request could not be answered; see /openapi/v1.json."),
        };
        return Results.Problem(
            detail: detail,
            statusCode: status,
            title: TitleOf(code),
            type: $"urn:tillkeeper:problem:{code}",
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code }
        );
    }

    /// <summary>The refusal, when there is one, or the answer.</summary>
    public static IResult Or(this Refusal? refusal, Func<IResult> answer) =>
        refusal is null ? answer() : Of(refusal);

    [SuppressMessage("Globalization", "CA1308", Justification = "A code is ASCII.")]
    private static string TitleOf(string code) =>
        char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' ');
}
