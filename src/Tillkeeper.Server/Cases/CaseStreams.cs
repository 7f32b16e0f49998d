using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases;

/// <summary>Streams of cases, and the views <c>cases</c>, <c>case_documents</c> and <c>case_facts</c> made of them.</summary>
internal static class CaseStreams
{
    /// <summary>Of a case that is to be told again; its key is the case.</summary>
    public const string Timer = "case_due";

    public static StreamKind<CaseState, ICaseEvent> Kind { get; } =
        new(
            "case",
            EventCatalogue.Case,
            CoreJson.Default.CaseState,
            CaseState.Empty,
            CaseState.Apply,
            Project
        );

    private static void Project(Views views, Projection<CaseState, ICaseEvent> p)
    {
        switch (p.Happened)
        {
            case CaseOpened e:
                // A case stays where it was opened: whoever gets the terminal later has no business with it.
                views.Write(
                    "INSERT INTO cases SELECT $1, $2, t.place, $3, $4, $5, $6, $7, $8 FROM terminals t WHERE t.id = $2",
                    e.Case,
                    e.Terminal,
                    e.LockId,
                    Words.Of(e.Cause),
                    Words.Of(e.WayOut),
                    Words.Of(p.After.Status),
                    e.Person,
                    p.At.ToUnixTimeMilliseconds()
                );
                views.Write(
                    "INSERT INTO case_facts VALUES ($1, $2, $3, 0, NULL, NULL, NULL)",
                    e.Case,
                    e.Number,
                    e.Due?.ToUnixTimeMilliseconds()
                );
                if (e.Due is { } due)
                {
                    Timers.Set(views, Timer, p.Id, CaseDueTimes.FirstReminder(e.Cause, due));
                }
                break;
            case DocumentAttached e:
                views.Write(
                    "INSERT INTO case_documents VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    p.Id,
                    p.After.Attached,
                    e.DocumentId,
                    e.Kind,
                    e.Bytes,
                    e.Person,
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
        }
        if (p.Before.Exists && p.Before.Status != p.After.Status)
        {
            views.Write(
                "UPDATE cases SET status = $2 WHERE id = $1",
                p.Id,
                Words.Of(p.After.Status)
            );
            if (!p.After.IsUnsettled)
            {
                Timers.Cancel(views, Timer, p.Id);
            }
        }
        ProjectLife(views, p);
    }

    private static void ProjectLife(Views views, Projection<CaseState, ICaseEvent> p)
    {
        switch (p.Happened)
        {
            case CaseAssigned e:
                views.Write("UPDATE case_facts SET assignee = $2 WHERE id = $1", p.Id, e.Assignee);
                break;
            case CaseMergedInto e:
                views.Write("UPDATE case_facts SET merged_into = $2 WHERE id = $1", p.Id, e.Into);
                break;
            case CaseRated e:
                views.Write("UPDATE case_facts SET score = $2 WHERE id = $1", p.Id, e.Score);
                break;
            case CaseReminded e:
                views.Write(
                    "UPDATE case_facts SET overdue = $2 WHERE id = $1",
                    p.Id,
                    e.Overdue ? 1 : 0
                );
                Timers.Set(views, Timer, p.Id, e.Next);
                break;
            case CaseReopened e:
                views.Write(
                    "UPDATE case_facts SET due = $2, overdue = 0 WHERE id = $1",
                    p.Id,
                    e.Due.ToUnixTimeMilliseconds()
                );
                Timers.Set(views, Timer, p.Id, CaseDueTimes.FirstReminder(p.After.Cause, e.Due));
                break;
        }
    }
}
