using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Complaints;

/// <summary>Streams of complaints, the view over them, and the clock that takes them up.</summary>
internal static class ComplaintStreams
{
    public const string Timer = "complaint";

    public static EventCatalogue Catalogue { get; } =
        new(
            ("complaint.opened.v1", ComplaintJson.Default.ComplaintOpened),
            ("complaint.escalated.v1", ComplaintJson.Default.ComplaintEscalated),
            ("complaint.reviewed.v1", ComplaintJson.Default.ComplaintReviewed)
        );

    public static StreamKind<ComplaintState, IComplaintEvent> Kind { get; } =
        new(
            "complaint",
            Catalogue,
            ComplaintJson.Default.ComplaintState,
            ComplaintState.Empty,
            ComplaintState.Apply,
            Project
        );

    private static void Project(Views views, Projection<ComplaintState, IComplaintEvent> p)
    {
        if (p.Happened is ComplaintOpened e)
        {
            views.Write(
                "INSERT INTO complaints VALUES ($1, $2, $3, 'open', 'reviewer', $4, $5, $6, $7, $8, $9, NULL, $10, $11, NULL)",
                p.Id,
                Words.Of(e.Kind),
                e.Place,
                e.Due.ToUnixTimeMilliseconds(),
                e.Terminal,
                e.LockId,
                e.CaseId,
                e.Cause is { } cause ? Words.Of(cause) : null,
                e.ByProvider ? 1 : 0,
                e.Person,
                e.At.ToUnixTimeMilliseconds()
            );
        }
        var after = p.After;
        views.Write(
            "UPDATE complaints SET status = $2, level = $3, due = $4, outcome = $5, settled_at = $6 WHERE id = $1",
            p.Id,
            after.Status,
            Words.Of(after.Level),
            after.Due?.ToUnixTimeMilliseconds(),
            after.Review is { } review ? Words.Of(review.Outcome) : null,
            after.Review?.At.ToUnixTimeMilliseconds()
        );
        if (after.Review is null && after.Due is { } due)
        {
            Timers.Set(views, Timer, p.Id, due);
        }
        else
        {
            Timers.Cancel(views, Timer, p.Id);
        }
    }
}
