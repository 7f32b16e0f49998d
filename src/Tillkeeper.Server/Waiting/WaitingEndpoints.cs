using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Waiting;

/// <summary>Waiting for the end of a lock (W3): what was promised, and how things stand.</summary>
internal static class WaitingEndpoints
{
    public static IServiceCollection AddWaiting(this IServiceCollection services) =>
        services.AddSingleton<EstimateHistory>();

    public static void MapWaiting(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/terminals/{id}/locks/{lockId}/estimates", Estimates).Needs(Right.Look);
        app.MapGet("/api/v1/terminals/{id}/live", LiveStream.Get).Needs(Right.Look);
    }

    private static IResult Estimates(
        string id,
        string lockId,
        Person person,
        TerminalAccess access,
        EstimateHistory history,
        TimeProvider time
    )
    {
        if (access.Find(id, person) is null)
        {
            return Problems.Of(Refusal.NotFound("terminal"));
        }
        return history.Of(id, lockId, time.GetUtcNow()) is { } items
            ? Results.Json(new { items })
            : Problems.Of(Refusal.NotFound("lock"));
    }
}
