using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Http;

/// <summary>Is the process alive, and can it make something durable? And the description of the API.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Results.Json(new { status = "alive" }))
            .At(Door.People)
            .AllowAnonymous();
        app.MapGet("/readyz", Ready).At(Door.People).AllowAnonymous();
        app.MapOpenApi("/openapi/v1.json").At(Door.People).AllowAnonymous();
    }

    /// <summary>Ready means that the appender has just committed something, not that it is believed to be able to.</summary>
    private static async Task<IResult> Ready(Appender appender)
    {
        try
        {
            await appender.Run(Act.Server, _ => true).WaitAsync(Patience);
            return Results.Json(new { status = "ready" });
        }
        catch (TimeoutException)
        {
            return Results.Json(
                new { status = "busy" },
                statusCode: StatusCodes.Status503ServiceUnavailable
            );
        }
    }
}
