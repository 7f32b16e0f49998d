using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases;

/// <summary>Streams of cases, and the views <c>cases</c> and <c>case_documents</c> made of them.</summary>
internal static class CaseStreams
{
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
        }
    }
}
