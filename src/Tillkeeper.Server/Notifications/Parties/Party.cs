using System.Collections.Immutable;
using System.Globalization;

namespace Tillkeeper.Server.Notifications.Parties;

/// <summary>Who is told: a merchant, an agent, or the provider's helpdesk.</summary>
/// <param name="Id">The merchant's or the agent's; <see cref="Helpdesk"/> for the provider.</param>
/// <param name="Place">Where in the tree its notifications are seen.</param>
internal sealed record Party(
    string Id,
    string Place,
    Audience Audience,
    string Language,
    ImmutableArray<NotificationKind> OptOut,
    QuietHours Quiet,
    string? Phone,
    string? Email
)
{
    public const string Helpdesk = "helpdesk";
    public const string DefaultLanguage = "zh";
    public const string DefaultZone = "Asia/Shanghai";
    public static readonly TimeOnly DefaultQuietFrom = new(22, 0);
    public static readonly TimeOnly DefaultQuietTo = new(7, 0);

    public CultureInfo Culture =>
        CultureInfo.GetCultureInfo(Language == DefaultLanguage ? "zh-Hans" : "en");

    /// <summary>A moment as their clock shows it.</summary>
    public string Local(DateTimeOffset at) =>
        TimeZoneInfo
            .ConvertTime(at, Quiet.Zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Never the addresses.</summary>
    public override string ToString() => $"Party {Id}";
}
