using System.Net;
using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>
/// <c>POST /terminal/v1/heartbeat</c>: "I am here, and so I am", answered with the signed time. Touches the disk only when what it says of
/// the terminal's whereabouts is news.
/// </summary>
internal static class HeartbeatEndpoint
{
    private const int LongestNonce = 64;
    private static readonly JsonSerializerOptions Shape = ShapeOfReports();

    /// <param name="Network">Read forgivingly, as <see cref="NetworkMeasures"/>: a terminal gets its time whatever it says.</param>
    /// <param name="Environment">The same, as <see cref="EnvironmentReport"/>.</param>
    internal sealed record Beat(
        string? Nonce,
        JsonElement? Network = null,
        JsonElement? Environment = null
    );

    public static void MapHeartbeat(this IEndpointRouteBuilder app) =>
        app.MapPost("/terminal/v1/heartbeat", Answer).NeedsTerminal();

    private static async Task<IResult> Answer(
        Beat body,
        TerminalIdentity terminal,
        Presence presence,
        States states,
        EnvironmentWatch environments,
        OrderSigner signer,
        ServerOptions options,
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
        _ = IPAddress.TryParse(terminal.Source, out var source);
        var environment = Read<EnvironmentReport>(body.Environment) ?? EnvironmentReport.Nothing;
        await environments.TakeAsync(
            state,
            new LatestReport(
                time.GetUtcNow(),
                source,
                environment.Tidy(),
                Read<NetworkMeasures>(body.Network)
            ),
            terminal.Act
        );
        return Results.Json(
            new
            {
                now = signer.SignTime(terminal.Id, body.Nonce, time.GetUtcNow()),
                policyVersion = Math.Max(Policy.Default.Version, state.PolicyVersion),
                acknowledged = new { seq = state.ReportedSeq, hash = state.ReportedHash },
                lastOrder = state.LastOrder,
                warnings = WarningsOf(state),
                portal = options.PublicPortal,
            }
        );
    }

    /// <summary>What rules judged here found and block nothing for: the shop reads it on its own screen.</summary>
    private static object[] WarningsOf(TerminalState state) =>
        [
            .. state
                .Findings.Values.Where(f =>
                    RuleTable.Of(f.Rule).Side == RuleSide.Server
                    && f.Effect is FindingEffect.Warning or FindingEffect.Question
                )
                .OrderBy(f => f.Since)
                .Select(f => new
                {
                    rule = f.Rule,
                    since = f.Since,
                    part = f.Part,
                    facts = f.Evidence.Facts,
                }),
        ];

    private static JsonSerializerOptions ShapeOfReports()
    {
        JsonSerializerOptions options = new();
        Json.Configure(options);
        return options;
    }

    private static T? Read<T>(JsonElement? told)
        where T : class
    {
        try
        {
            return told is { ValueKind: JsonValueKind.Object } json
                ? json.Deserialize<T>(Shape)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: text that is no text, such as half a surrogate pair.
            return null;
        }
    }
}
