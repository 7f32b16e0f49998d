using System.Text.Json;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Settlements;

/// <summary>Streams of merchants' books and of acquirers' mappings, and the views over them.</summary>
internal static class SettlementStreams
{
    public static EventCatalogue BooksCatalogue { get; } =
        new(
            ("settlement.imported.v1", SettlementJson.Default.SettlementImported),
            ("settlement.lines_read.v1", SettlementJson.Default.SettlementLinesRead),
            ("settlement.matched.v1", SettlementJson.Default.RecordsMatched),
            ("ledger.judged.v1", SettlementJson.Default.RecordJudged)
        );

    public static EventCatalogue MappingCatalogue { get; } =
        new(("settlement.mapping_set.v1", SettlementJson.Default.MappingSet));

    public static StreamKind<BooksState, IBooksEvent> Books { get; } =
        new(
            "books",
            BooksCatalogue,
            SettlementJson.Default.BooksState,
            new BooksState(),
            BooksState.Apply,
            Project
        );

    public static StreamKind<MappingSet, IMappingEvent> Mappings { get; } =
        new(
            "settlement_mapping",
            MappingCatalogue,
            SettlementJson.Default.MappingSet,
            new MappingSet("", new SettlementMapping(null, null), ""),
            (_, happened) => (MappingSet)happened,
            (views, p) =>
                views.Write(
                    "INSERT INTO settlement_mappings VALUES ($1, $2) ON CONFLICT (acquirer) DO UPDATE SET mapping = excluded.mapping",
                    p.After.Acquirer,
                    JsonSerializer.Serialize(
                        p.After.Mapping,
                        SettlementJson.Default.SettlementMapping
                    )
                )
        );

    private static void Project(Views views, Projection<BooksState, IBooksEvent> p)
    {
        switch (p.Happened)
        {
            case SettlementImported e:
                views.Write(
                    "INSERT INTO settlements VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    e.Settlement,
                    p.Id,
                    e.Place,
                    e.Acquirer,
                    e.Name,
                    e.Sha256,
                    e.Lines,
                    e.Since.ToUnixTimeMilliseconds(),
                    e.Until.ToUnixTimeMilliseconds(),
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
            case SettlementLinesRead e:
                Write(views, p.Id, e);
                break;
            case RecordsMatched e:
                foreach (var match in e.Matches)
                {
                    views.Write(
                        "UPDATE settlement_lines SET record = $3 WHERE settlement = $1 AND line = $2",
                        e.Settlement,
                        match.Line,
                        match.Record
                    );
                    views.Write(
                        "INSERT INTO record_states VALUES ($1, 'matched', $2, $3, NULL, NULL, $4) ON CONFLICT (record) DO UPDATE SET state = 'matched', settlement = $2, line = $3, reason = NULL, person = NULL, at = $4",
                        match.Record,
                        e.Settlement,
                        match.Line,
                        p.At.ToUnixTimeMilliseconds()
                    );
                }
                break;
            case RecordJudged e:
                // Whatever it was matched with is free again.
                views.Write(
                    "UPDATE settlement_lines SET record = NULL WHERE record = $1",
                    e.Record
                );
                views.Write(
                    "INSERT INTO record_states VALUES ($1, $2, NULL, NULL, $3, $4, $5) ON CONFLICT (record) DO UPDATE SET state = $2, settlement = NULL, line = NULL, reason = $3, person = $4, at = $5",
                    e.Record,
                    Words.Of(e.State),
                    e.Reason,
                    e.Person,
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
        }
    }

    private static void Write(Views views, string merchant, SettlementLinesRead e)
    {
        var duplicates = e.Duplicates.ToHashSet();
        foreach (var line in e.Lines)
        {
            views.Write(
                "INSERT INTO settlement_lines VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)",
                e.Settlement,
                line.Line,
                merchant,
                e.Acquirer,
                line.At.ToUnixTimeMilliseconds(),
                line.AmountMinor,
                line.Reference,
                duplicates.Contains(line.Line) ? 1 : 0
            );
        }
    }
}
