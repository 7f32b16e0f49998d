using System.Text.Json;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch;

/// <summary>Streams of alerts, the view <c>alerts</c> and the timer that tells when one is overdue.</summary>
internal static class AlertStreams
{
    public const string Timer = "alert_due";

    public static EventCatalogue Catalogue { get; } =
        new(
            ("alert.opened.v1", AlertJson.Default.AlertOpened),
            ("alert.occurred.v1", AlertJson.Default.AlertOccurred),
            ("alert.owned.v1", AlertJson.Default.AlertOwned),
            ("alert.due_set.v1", AlertJson.Default.AlertDueSet),
            ("alert.overdue.v1", AlertJson.Default.AlertOverdue),
            ("alert.gone.v1", AlertJson.Default.AlertGone),
            ("alert.settled.v1", AlertJson.Default.AlertSettled)
        );

    public static StreamKind<AlertState, IAlertEvent> Kind { get; } =
        new(
            "alert",
            Catalogue,
            AlertJson.Default.AlertState,
            new AlertState(),
            AlertState.Apply,
            Project
        );

    private static void Project(Views views, Projection<AlertState, IAlertEvent> p)
    {
        var (id, after, at) = (p.Id, p.After, p.At.ToUnixTimeMilliseconds());
        if (p.Happened is AlertOpened opened)
        {
            views.Write(
                "INSERT INTO alerts VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, 0, 1, $10, $11, $11)",
                id,
                after.Kind,
                after.Key,
                opened.Number,
                Words.Of(after.Severity),
                after.Place,
                after.Terminal,
                Words.Of(after.Status),
                after.Due?.ToUnixTimeMilliseconds(),
                FactsOf(after),
                at
            );
        }
        else
        {
            views.Write(
                "UPDATE alerts SET status = $2, owner = $3, due = $4, overdue = $5, occurrences = $6, facts = $7, last_at = $8 WHERE id = $1",
                id,
                Words.Of(after.Status),
                after.Owner,
                after.Due?.ToUnixTimeMilliseconds(),
                after.Overdue,
                after.Occurrences,
                FactsOf(after),
                at
            );
        }
        Remind(views, p);
    }

    private static void Remind(Views views, Projection<AlertState, IAlertEvent> p)
    {
        switch (p.Happened)
        {
            case AlertOverdue e:
                Timers.Set(views, Timer, p.Id, e.Again);
                break;
            case AlertOpened
            or AlertDueSet when p.After is { Status: AlertStatus.Open, Due: { } due }:
                Timers.Set(views, Timer, p.Id, due);
                break;
            // Once more of the same does not move the time; what had gone and came back starts anew.
            case AlertOccurred when p.Before.Status == AlertStatus.Gone && p.After.Due is { } due:
                Timers.Set(views, Timer, p.Id, due);
                break;
            case AlertGone or AlertSettled:
                Timers.Cancel(views, Timer, p.Id);
                break;
        }
    }

    private static string FactsOf(AlertState state) =>
        JsonSerializer.Serialize(
            state.Facts,
            AlertJson.Default.ImmutableSortedDictionaryStringString
        );
}
