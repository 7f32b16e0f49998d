using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Watch;

/// <summary>What a list of alerts is narrowed down to; what is left out lets everything through.</summary>
/// <param name="Owner">A person's id, <c>me</c>, or <c>none</c>.</param>
/// <param name="Sort">With <c>due</c> what is due first comes first; else the newest does.</param>
internal sealed record AlertFilter(
    string? State = null,
    string? Kind = null,
    string? Severity = null,
    string? Terminal = null,
    string? Owner = null,
    string? Sort = null
)
{
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
