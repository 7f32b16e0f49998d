using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

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
/// <param name="Warnings">What the server's rules found; it blocks nothing, so nothing is signed.</param>
/// <param name="Portal">The public address of the people's door; an older server does not say.</param>
internal sealed record HeartbeatAnswer(
    string Now,
    long PolicyVersion,
    Acknowledged Acknowledged,
    long LastOrder,
    IReadOnlyList<ServerWarning>? Warnings = null,
    string? Portal = null
);

/// <param name="Rule">A word: a newer server may know rules that this program does not.</param>
internal sealed record ServerWarning(
    string Rule,
    DateTimeOffset Since,
    string? Part = null,
    IReadOnlyDictionary<string, string>? Facts = null
)
{
    private const int Most = 16;

    /// <summary>Those of rules that are known here.</summary>
    public static ImmutableArray<Finding> ToFindings(IReadOnlyList<ServerWarning>? told) =>
        [
            .. (told ?? [])
                .Take(Most)
                .Where(w => Words.TryParse<RuleName>(w.Rule, out _))
                .Select(w =>
                {
                    _ = Words.TryParse<RuleName>(w.Rule, out var rule);
                    var evidence = new Evidence(
                        Part: w.Part,
                        Facts: w.Facts?.ToImmutableSortedDictionary(StringComparer.Ordinal)
                    );
                    return new Finding(
                        rule,
                        FindingEffect.Warning,
                        w.Since,
                        ReportedText.Tidy(evidence),
                        w.Part
                    );
                }),
        ];
}

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
