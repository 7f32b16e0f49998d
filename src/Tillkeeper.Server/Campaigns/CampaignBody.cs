using System.Collections.Immutable;
using Tillkeeper.Core;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Campaigns;

/// <summary>What a person says of a campaign to be made.</summary>
/// <param name="Artifact">The id of an artifact.</param>
/// <param name="Groups">Who comes first; a default of three when it is left out.</param>
/// <param name="ForcedAfter">How long after its offer an update waits for the window; for ever when it is left out.</param>
/// <param name="Downgrade">It is meant that versions go back.</param>
internal sealed record CampaignBody(
    string? Name,
    string? Artifact,
    TerminalSelector? Selector,
    IReadOnlyList<CampaignBody.GroupBody>? Groups,
    CampaignBody.WindowBody? Window,
    TimeSpan? ForcedAfter,
    bool Downgrade = false,
    string? Reason = null
)
{
    private const double AllOfThem = 1;
    private const double DefaultSuccess = 0.95;
    private const double DefaultError = 0.05;
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(3);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    internal sealed record GroupBody(double? Share, double? Success, double? Error);

    internal sealed record WindowBody(
        IReadOnlyList<string>? Days,
        string? From,
        TimeSpan? Duration,
        string? Zone
    );

    public ImmutableArray<GroupRule> Rules =>
        Groups is null
            ? Rollout.Default
            :
            [
                .. Groups.Select(g => new GroupRule(
                    g?.Share ?? AllOfThem,
                    g?.Success ?? DefaultSuccess,
                    g?.Error ?? DefaultError
                )),
            ];

    public MaintenanceWindow? InWindow =>
        Window is null
            ? null
            : new MaintenanceWindow(
                [.. Window.Days ?? []],
                Window.From ?? "",
                Window.Duration ?? DefaultDuration,
                Window.Zone ?? "Asia/Shanghai"
            );

    /// <summary>What is wrong with the content, or null.</summary>
    public Refusal? Wrong() =>
        Check.Name(Name, "name")
        ?? Check.Optional(Reason, "reason")
        ?? (Downgrade ? Check.Text(Reason, "reason") : null)
        ?? Rollout.Check(Rules)
        ?? InWindow?.Check()
        ?? NoSuchZone()
        ?? (
            ForcedAfter is { } after && (after < TimeSpan.Zero || after > Longest)
                ? Refusal.Invalid("forcedAfter", "Use PT0S to P366D.")
                : null
        );

    private Refusal? NoSuchZone() =>
        InWindow is { } window && !TimeZoneInfo.TryFindSystemTimeZoneById(window.Zone, out _)
            ? Refusal.Invalid("window.zone", $"'{window.Zone}' is no zone that this server knows.")
            : null;
}
