using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>One lock as the contract shows it everywhere, and what the screen says about it.</summary>
internal sealed record LockView
{
    public required string Id { get; init; }

    /// <summary>The short code, e.g. <c>E01</c>.</summary>
    public required string Code { get; init; }
    public required Cause Cause { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>Here, and only here, <c>operator</c> is the name.</summary>
    public required Subject Subject { get; init; }

    [JsonConverter(typeof(EnumSetJson<Capability>))]
    public required EnumSet<Capability> Scope { get; init; }
    public required LockOwner Owner { get; init; }

    /// <summary><c>pending</c> while an order waits for the end of a transaction.</summary>
    public required LockStatus Status { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? ExpectedEnd { get; init; }

    /// <summary>How far the work is that it waits for, 0 to 100.</summary>
    public int? Progress { get; init; }

    /// <summary>Without <c>offline_code</c> once its tries are used up.</summary>
    [JsonConverter(typeof(EnumSetJson<WayOut>))]
    public required EnumSet<WayOut> WaysOut { get; init; }

    /// <summary>One line in the language asked for.</summary>
    public required string Message { get; init; }

    /// <summary>What led to it: the rule and what it saw, when a rule raised it. Who is concerned says <see cref="Subject"/>.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>What is left of a wait, counted on the terminal's own clock.</summary>
    public long? RemainingSeconds { get; init; }
    public required int CodeTriesLeft { get; init; }
    public required Explanation Explanation { get; init; }
}
