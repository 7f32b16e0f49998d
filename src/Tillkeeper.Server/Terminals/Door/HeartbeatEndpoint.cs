using Tillkeeper.Core;
using Tillkeeper.Core.Policies;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>
/// <c>POST /terminal/v1/heartbeat</c>: "I am here", answered with the signed time. Never touches the disk.
/// </summary>
internal static class HeartbeatEndpoint
{
    private const int LongestNonce = 64;

    internal sealed record Beat(string? Nonce);

    public static void MapHeartbeat(this IEndpointRouteBuilder app) =>
        app.MapPost("/terminal/v1/heartbeat", Answer).NeedsTerminal();

    private static IResult Answer(
        Beat body,
        TerminalIdentity terminal,
        Presence presence,
        States states,
        OrderSigner signer,
        TimeProvider time
    )
    {
        presence.Saw(terminal.Id, terminal.Source);
        if (body.Nonce is not { Length: > 0 and <= LongestNonce })
        {
            return Problems.Of(
                Refusal.Invalid(
                    "nonce",
                    $"Send a fresh random nonce of 1 to {LongestNonce} characters."
                )
            );
        }
        var state = states.Find(TerminalStreams.Kind, terminal.Id)!;
        return Results.Json(
            new
            {
                now = signer.SignTime(terminal.Id, body.Nonce, time.GetUtcNow()),
                policyVersion = Math.Max(Policy.Default.Version, state.PolicyVersion),
                acknowledged = new { seq = state.ReportedSeq, hash = state.ReportedHash },
                lastOrder = state.LastOrder,
            }
        );
    }
}
