using System.Text.Json;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Link;

/// <summary>
/// Hears from the server that this identity is over, and locks. The connection has proven that it is the server: whoever can say this could
/// as well lock by an order.
/// </summary>
internal static class EndedIdentity
{
    public static async Task HearAsync(
        HttpResponseMessage response,
        Till till,
        CancellationToken stop
    )
    {
        if (!ServerFailure.IsRejection(response.StatusCode))
        {
            return;
        }
        var code = await CodeOfAsync(response, stop);
        if (code is "terminal_revoked" or "epoch_over")
        {
            await till.AskAsync(new EndIdentity(NewId.Lock(), code));
        }
    }

    private static async Task<string?> CodeOfAsync(
        HttpResponseMessage response,
        CancellationToken stop
    )
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync(
                LinkJson.Default.UplinkProblem,
                stop
            );
            return problem?.Code;
        }
        catch (JsonException)
        {
            // Not our server's way to refuse: it says nothing about this identity.
            return null;
        }
    }
}
