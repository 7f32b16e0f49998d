using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Sensors.Tamper;

/// <param name="LockId">The lock that stands from now on, or stood already.</param>
internal sealed record TamperAnswer(string LockId);

/// <summary><c>POST /local/v1/tamper</c> for the driver of the secure processor.</summary>
internal static class TamperEndpoints
{
    public static void MapTamper(this IEndpointRouteBuilder local) =>
        local.MapPost("/tamper", RaiseAsync);

    /// <summary>Whatever else is wrong with what was sent, it says that there was tampering: it locks, and then complains.</summary>
    private static async Task<IResult> RaiseAsync(
        HttpRequest request,
        TamperDesk desk,
        Till till,
        LockViews views
    )
    {
        var typed = await TypedBody.ReadAsync(request);
        var answer = await desk.RaiseAsync(
            typed?.Text("source") ?? "not named",
            typed?.Text("detail")
        );
        if (answer.Refusal is not null)
        {
            return Problems.Lost(request, till, views);
        }
        var stands = answer.State.ActiveLocks.First(l => l.Cause == Cause.Tamper);
        return typed?.Text("source") is null
            ? Problems.Of(
                Refusal.Invalid("source", "The terminal is locked. Say who found it next time.")
            )
            : TypedResults.Json(
                new TamperAnswer(stands.Id),
                LocalJson.Default.TamperAnswer,
                statusCode: StatusCodes.Status201Created
            );
    }
}
