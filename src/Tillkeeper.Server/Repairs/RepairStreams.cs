using System.Globalization;
using Tillkeeper.Core.Repairs;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Repairs;

/// <summary>Streams of repairs, in the shard of their terminal, and the views <c>repairs</c> and <c>wear_parts</c>.</summary>
internal static class RepairStreams
{
    public static StreamKind<RepairState, IRepairEvent> Kind { get; } =
        new(
            "repair",
            EventCatalogue.Repair,
            CoreJson.Default.RepairState,
            RepairState.Empty,
            RepairState.Apply,
            Project
        );

    private static void Project(Views views, Projection<RepairState, IRepairEvent> p)
    {
        switch (p.Happened)
        {
            case RepairOpened e:
                views.Write(
                    "INSERT INTO repairs SELECT $1, $2, t.place, $3, $4, $5, $6 FROM terminals t WHERE t.id = $2",
                    e.Repair,
                    e.Terminal,
                    e.Part,
                    Words.Of(p.After.Status),
                    Words.Of(p.After.Holder),
                    p.At.ToUnixTimeMilliseconds()
                );
                return;
            case RepairFinished e:
                foreach (var part in e.Parts.Where(part => part.IsWearPart))
                {
                    views.Write(
                        "INSERT INTO wear_parts VALUES ($1, $2, $3, $4, $5) ON CONFLICT (terminal, part) DO UPDATE SET repair = excluded.repair, replaced_at = excluded.replaced_at, due_on = excluded.due_on",
                        p.After.Terminal,
                        part.Part,
                        p.Id,
                        p.At.ToUnixTimeMilliseconds(),
                        part.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    );
                }
                break;
        }
        if (p.Before.Status != p.After.Status || p.Before.Holder != p.After.Holder)
        {
            views.Write(
                "UPDATE repairs SET status = $2, holder = $3 WHERE id = $1",
                p.Id,
                Words.Of(p.After.Status),
                Words.Of(p.After.Holder)
            );
        }
    }
}
