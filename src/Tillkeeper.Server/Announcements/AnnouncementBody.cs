using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Notifications.Parties;

namespace Tillkeeper.Server.Announcements;

/// <summary>What a person says of planned work.</summary>
/// <param name="Org">An agent or a merchant: it and all below is told; everybody the person sees when it is left out.</param>
/// <param name="Urgent">Why shops are told later than <see cref="LeastDays"/> working days ahead.</param>
internal sealed record AnnouncementBody(
    string? Org,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    AnnouncementText? Text,
    string? Urgent = null
)
{
    /// <summary>Shops arrange their week around it.</summary>
    public const int LeastDays = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(366);

    /// <param name="days">Working days that lie ahead of it.</param>
    public Refusal? Wrong(DateTimeOffset now, out int days)
    {
        days = 0;
        if (From is not { } from || from <= now || from - now > FurthestAhead)
        {
            return Refusal.Invalid("from", "Say when it begins: ahead, at most a year.");
        }
        if (Until is not { } until || until <= from || until - from > Longest)
        {
            return Refusal.Invalid("until", "Say when it ends: after from, at most 31 days later.");
        }
        var wrong =
            Check.Text(Text?.En, "text.en")
            ?? Check.Text(Text?.Zh, "text.zh")
            ?? Check.Optional(Urgent, "urgent");
        if (wrong is not null)
        {
            return wrong;
        }
        days = WorkingDays.Between(
            now,
            from,
            TimeZoneInfo.FindSystemTimeZoneById(Party.DefaultZone)
        );
        return days < LeastDays && string.IsNullOrWhiteSpace(Urgent)
            ? Refusal.Invalid(
                "urgent",
                $"Shops are told at least {LeastDays} working days ahead, and this is {days}. Choose a later time, or say why it cannot wait."
            )
            : null;
    }
}
