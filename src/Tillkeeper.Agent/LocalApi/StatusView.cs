using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Tillkeeper.Agent.Hooks;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Rules.Texts;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>The terminal as the screen and the payment program see it.</summary>
internal sealed record StatusView
{
    public required string TerminalId { get; init; }

    /// <summary>The server is connected now. The same as <see cref="ServerOnline"/>.</summary>
    public required bool Online { get; init; }
    public required bool ServerOnline { get; init; }

    /// <summary>A manager exists.</summary>
    public required bool SetUp { get; init; }
    public required bool InTransaction { get; init; }

    /// <summary>The caller's own session; null for any other caller.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SignedInView? SignedIn { get; init; }
    public required string SupportPhone { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>All that stand, those that wait for the end of a transaction included; the gravest first.</summary>
    public required ImmutableArray<LockView> Locks { get; init; }

    /// <summary>What rules found that blocks nothing, the oldest first.</summary>
    public required ImmutableArray<WarningView> Warnings { get; init; }

    /// <summary>What should have been told of a lock and was not.</summary>
    public required IReadOnlyList<FailingHookView> FailingHooks { get; init; }

    /// <summary>The network as measured in the last minutes; null before the first round.</summary>
    public NetworkMeasures? Network { get; init; }
}

/// <summary>Something to look after before it becomes a lock; it blocks nothing.</summary>
/// <param name="Code">The short code of the cause that it belongs to, e.g. <c>E06</c>.</param>
internal sealed record WarningView(
    RuleName Rule,
    string Code,
    DateTimeOffset Since,
    string Title,
    string Saw,
    string Now,
    string? Part = null
)
{
    /// <param name="ofTheServer">What the server's rules found.</param>
    public static ImmutableArray<WarningView> Of(
        DeviceState state,
        ImmutableArray<Finding> ofTheServer,
        CultureInfo language
    ) =>
        [
            .. state
                .Findings.Values.Where(f => f.Effect == FindingEffect.Warning)
                .Concat(ofTheServer)
                .OrderBy(f => f.Since)
                .Select(f =>
                {
                    var text = RuleExplainer.Warn(f.Rule, f.Evidence, language);
                    return new WarningView(
                        f.Rule,
                        LockTable.Of(RuleTable.Of(f.Rule).Cause).Code,
                        f.Since,
                        text.Title,
                        text.Saw,
                        text.Now,
                        f.Part
                    );
                }),
        ];
}

/// <param name="Operator">The name.</param>
internal sealed record SignedInView(string Operator, OperatorRole Role);

/// <param name="Allow">May it be done now?</param>
/// <param name="Locks">Every lock that forbids it, the gravest first.</param>
internal sealed record VerdictView(bool Allow, ImmutableArray<LockView> Locks);
