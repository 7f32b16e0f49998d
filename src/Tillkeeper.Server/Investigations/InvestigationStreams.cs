using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Investigations;

/// <summary>Streams of investigations, the views over them, and the timer for actions whose day is over.</summary>
internal static class InvestigationStreams
{
    public const string Timer = "investigation";

    public static EventCatalogue Catalogue { get; } =
        new(
            ("investigation.opened.v1", InvestigationJson.Default.InvestigationOpened),
            ("investigation.cause_found.v1", InvestigationJson.Default.CauseFound),
            ("investigation.action_planned.v1", InvestigationJson.Default.ActionPlanned),
            ("investigation.action_done.v1", InvestigationJson.Default.ActionDone),
            ("investigation.action_overdue.v1", InvestigationJson.Default.ActionOverdue),
            ("investigation.policy_linked.v1", InvestigationJson.Default.PolicyLinked),
            ("investigation.closed.v1", InvestigationJson.Default.InvestigationClosed)
        );

    public static StreamKind<InvestigationState, IInvestigationEvent> Kind { get; } =
        new(
            "investigation",
            Catalogue,
            InvestigationJson.Default.InvestigationState,
            InvestigationState.Empty,
            InvestigationState.Apply,
            Project
        );

    private static void Project(Views views, Projection<InvestigationState, IInvestigationEvent> p)
    {
        switch (p.Happened)
        {
            case InvestigationOpened e:
                views.Write(
                    "INSERT INTO investigations VALUES ($1, $2, 'open', $3, NULL, NULL)",
                    p.Id,
                    e.Place,
                    e.At.ToUnixTimeMilliseconds()
                );
                foreach (var one in e.Locks)
                {
                    views.Write(
                        "INSERT INTO investigation_locks VALUES ($1, $2, $3)",
                        p.Id,
                        one.Terminal,
                        one.LockId
                    );
                }
                break;
            case InvestigationClosed e:
                views.Write(
                    "UPDATE investigations SET status = 'closed', closed_at = $2, false_lock = $3 WHERE id = $1",
                    p.Id,
                    e.At.ToUnixTimeMilliseconds(),
                    e.FalseLock ? 1 : 0
                );
                break;
        }
        if (p.After.NextDue is { } due)
        {
            Timers.Set(views, Timer, p.Id, due);
        }
        else
        {
            Timers.Cancel(views, Timer, p.Id);
        }
    }
}
