using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Announcements;

/// <summary>Streams of announcements and the view over them.</summary>
internal static class AnnouncementStreams
{
    public static StreamKind<AnnouncementState, IAnnouncementEvent> Kind { get; } =
        new(
            "announcement",
            new EventCatalogue(
                ("announcement.made.v1", AnnouncementJson.Default.AnnouncementMade),
                ("announcement.withdrawn.v1", AnnouncementJson.Default.AnnouncementWithdrawn)
            ),
            AnnouncementJson.Default.AnnouncementState,
            AnnouncementState.Empty,
            AnnouncementState.Apply,
            Project
        );

    private static void Project(Views views, Projection<AnnouncementState, IAnnouncementEvent> p)
    {
        switch (p.Happened)
        {
            case AnnouncementMade e:
                views.Write(
                    "INSERT INTO announcements VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)",
                    p.Id,
                    e.Place,
                    e.From.ToUnixTimeMilliseconds(),
                    e.Until.ToUnixTimeMilliseconds(),
                    e.Text.En,
                    e.Text.Zh,
                    e.WorkingDays,
                    e.Urgent,
                    e.At.ToUnixTimeMilliseconds()
                );
                break;
            case AnnouncementWithdrawn e:
                views.Write(
                    "UPDATE announcements SET withdrawn_at = $2 WHERE id = $1",
                    p.Id,
                    e.At.ToUnixTimeMilliseconds()
                );
                break;
        }
    }
}
