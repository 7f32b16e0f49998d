namespace Tillkeeper.Agent.LocalApi;

/// <summary>Turns what was thrown into an answer: a bad request into its status, anything else into 500 and a log entry.</summary>
internal sealed partial class LocalErrors(RequestDelegate next, ILogger<LocalErrors> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to hear an answer.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            var code =
                e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too_large" : "bad_request";
            await Problems
                .Of(e.StatusCode, code, "The request is too large or cannot be read.")
                .ExecuteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFault(context.Request.Method, context.Request.Path, e);
            await Problems
                .Of(
                    StatusCodes.Status500InternalServerError,
                    "fault",
                    "The agent failed at this; its log says where. Nothing was allowed."
                )
                .ExecuteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private partial void LogFault(string method, PathString path, Exception e);
}
