using System.Text.Json.Serialization;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Link;

/// <summary><c>POST /terminal/v1/heartbeat</c>.</summary>
/// <param name="Nonce">16 random bytes, base64url; comes back under the server's signature.</param>
/// <param name="Program">What runs here.</param>
/// <param name="UptimeSeconds">Since the machine started.</param>
/// <param name="LastSeq">The last of our own events; null while the state is lost.</param>
/// <param name="LastOrder">The last order that took its turn.</param>
/// <param name="PolicyVersion">The policy in force.</param>
/// <param name="InTransaction">A transaction runs.</param>
/// <param name="Network">What was measured lately; null before the first round.</param>
/// <param name="Environment">Where the terminal is, as far as it knows.</param>
internal sealed record HeartbeatRequest(
    string Nonce,
    string Program,
    long UptimeSeconds,
    long? LastSeq,
    long LastOrder,
    long PolicyVersion,
    bool InTransaction,
    NetworkMeasures? Network = null,
    EnvironmentReport? Environment = null
);

/// <param name="Now">The time, signed for our nonce (JWS).</param>
internal sealed record HeartbeatAnswer(
    string Now,
    long PolicyVersion,
    Acknowledged Acknowledged,
    long LastOrder
);

/// <summary>The first event of the order stream.</summary>
internal sealed record Hello(string Terminal, int Epoch, Acknowledged Acknowledged, long LastOrder);

/// <summary>The answer to a batch of events.</summary>
internal sealed record UplinkAnswer(long Acknowledged);

/// <summary>What a refused batch says.</summary>
/// <param name="Expected">With <c>gap</c>: the number to go on from.</param>
internal sealed record UplinkProblem(string? Code = null, long? Expected = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(HeartbeatRequest))]
[JsonSerializable(typeof(HeartbeatAnswer))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(UplinkAnswer))]
[JsonSerializable(typeof(UplinkProblem))]
internal sealed partial class LinkJson : JsonSerializerContext;
