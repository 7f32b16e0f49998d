using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Announcements;

/// <summary>Something that happened to an announcement.</summary>
internal interface IAnnouncementEvent;

/// <param name="Place">Everybody there and below is told.</param>
/// <param name="Text">What is done and what it means for the shop, in each language.</param>
/// <param name="WorkingDays">How many working days ahead it was made.</param>
/// <param name="Urgent">Why it could not wait; null when it was made in time.</param>
internal sealed record AnnouncementMade(
    string Announcement,
    string Place,
    DateTimeOffset From,
    DateTimeOffset Until,
    AnnouncementText Text,
    int WorkingDays,
    string Person,
    DateTimeOffset At,
    string? Urgent = null
) : IAnnouncementEvent;

/// <summary>The work does not take place.</summary>
internal sealed record AnnouncementWithdrawn(string Person, string Reason, DateTimeOffset At)
    : IAnnouncementEvent;

/// <param name="En">English.</param>
/// <param name="Zh">Simplified Chinese.</param>
internal sealed record AnnouncementText(string En, string Zh);

/// <summary>The fold of an announcement.</summary>
internal sealed record AnnouncementState(
    AnnouncementMade? Made = null,
    AnnouncementWithdrawn? Withdrawn = null
)
{
    public static AnnouncementState Empty { get; } = new();

    public static AnnouncementState Apply(AnnouncementState state, IAnnouncementEvent happened) =>
        happened switch
        {
            AnnouncementMade e => state with { Made = e },
            AnnouncementWithdrawn e => state with { Withdrawn = e },
            _ => state,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(AnnouncementState))]
[JsonSerializable(typeof(AnnouncementMade))]
[JsonSerializable(typeof(AnnouncementWithdrawn))]
internal sealed partial class AnnouncementJson : JsonSerializerContext;
