using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Tillkeeper.Core;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;

namespace Tillkeeper.Server.Http;

/// <summary>Bodies that cannot be read, and faults of our own, as problems; a fault says nothing about the inside.</summary>
internal sealed partial class ProblemExceptions(ILogger<ProblemExceptions> logger)
    : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        var wasPage = Pages.IsPage(httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint);
        if (exception is BadHttpRequestException bad)
        {
            var refusal = Explain(bad);
            await (wasPage ? Pages.Refused(refusal) : Problems.Of(refusal)).ExecuteAsync(
                httpContext
            );
            return true;
        }
        LogFault(exception, httpContext.Request.Method, httpContext.Request.Path);
        if (wasPage)
        {
            await Pages
                .Refused(
                    new ApiProblem(StatusCodes.Status500InternalServerError, "internal_error", "")
                )
                .ExecuteAsync(httpContext);
            return true;
        }
        await Results
            .Problem(
                detail: "Something went wrong on our side; nothing was changed unless the record says so. Try again.",
                statusCode: StatusCodes.Status500InternalServerError,
                title: "Internal error",
                type: "urn:tillkeeper:problem:internal_error",
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["code"] = "internal_error",
                }
            )
            .ExecuteAsync(httpContext);
        return true;
    }

    private static Refusal Explain(BadHttpRequestException bad) =>
        bad switch
        {
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Refusal(
                RefusalKind.TooLarge,
                "too_large",
                "The body is larger than this address accepts."
            ),
            { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new Refusal(
                RefusalKind.UnsupportedType,
                "unsupported_type",
                "Send JSON as application/json."
            ),
            { InnerException: JsonException json } => Refusal.Invalid(
                FieldOf(json.Path),
                "The body is not the JSON expected here; see /openapi/v1.json."
            ),
            _ => Refusal.Invalid(
                "body",
                "The request is incomplete or not of the expected form; see /openapi/v1.json."
            ),
        };

    private static string FieldOf(string? path) => path is { Length: > 2 } ? path[2..] : "body";

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed: {method} {path}")]
    private partial void LogFault(Exception problem, string method, string path);
}
