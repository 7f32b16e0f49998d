using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Agent.Hooks;
using Tillkeeper.Core.Device;

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

    /// <summary>What should have been told of a lock and was not.</summary>
    public required IReadOnlyList<FailingHookView> FailingHooks { get; init; }
}

/// <param name="Operator">The name.</param>
internal sealed record SignedInView(string Operator, OperatorRole Role);

/// <param name="Allow">May it be done now?</param>
/// <param name="Locks">Every lock that forbids it, the gravest first.</param>
internal sealed record VerdictView(bool Allow, ImmutableArray<LockView> Locks);
