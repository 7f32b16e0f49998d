using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Watch;

/// <summary>What a list of alerts is narrowed down to; what is left out lets everything through.</summary>
internal sealed record AlertFilter
{
    public string? State { get; init; }
    public string? Kind { get; init; }
    public string? Severity { get; init; }
    public string? Terminal { get; init; }

    /// <summary>A person's id, <c>me</c>, or <c>none</c>.</summary>
    public string? Owner { get; init; }

    /// <summary>With <c>due</c> what is due first comes first; else the newest does.</summary>
    public string? Sort { get; init; }

    public Refusal? Wrong()
    {
        if (State is not null && !Words.TryParse<AlertStatus>(State, out _))
        {
            return Refusal.Invalid("state", $"Use one of: {Words.All<AlertStatus>()}.");
        }
        if (Severity is not null && !Words.TryParse<Severity>(Severity, out _))
        {
            return Refusal.Invalid("severity", $"Use one of: {Words.All<Severity>()}.");
        }
        return Sort is null or "due" ? null : Refusal.Invalid("sort", "Use: due.");
    }
}
