using Tillkeeper.Core;
using Tillkeeper.Core.Settlements;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Settlements;

/// <summary>Importing and matching, inside a command.</summary>
internal static class Reconciliation
{
    /// <summary>Lines told by one event: the log's rows stay small.</summary>
    private const int LinesAnEvent = 500;

    /// <summary>Records looked at for one file; older ones are settled or were given up.</summary>
    private const int MostRecords = 20_000;

    /// <summary>Open payments that money in the bank can account for: cash is counted at the till.</summary>
    private const string OpenRecords = """
        SELECT m.id, m.at, m.amount, coalesce(m.reference, '') FROM manual_records m
        LEFT JOIN record_states s ON s.record = m.id
        WHERE m.merchant = $1 AND m.at >= $2 AND m.at < $3 AND m.method <> 'cash' AND m.voids IS NULL
        AND coalesce(s.state, 'open') = 'open' AND NOT EXISTS
          (SELECT 1 FROM manual_records v WHERE v.terminal = m.terminal AND v.book = m.book AND v.voids = m.number)
        ORDER BY m.at, m.id LIMIT $4
        """;

    private const string FreeLines = """
        SELECT line, at, amount, reference FROM settlement_lines
        WHERE settlement = $1 AND record IS NULL AND duplicate = 0 ORDER BY line
        """;

    /// <summary>The duplicates found, or the id of the same file that was imported before.</summary>
    public static (int Duplicates, int Matched, Refusal? Refusal) Import(
        Work work,
        string merchant,
        SettlementImported imported,
        SettlementFile file,
        TimeSpan window
    )
    {
        var known = work.Views.Scalar(
            "SELECT id FROM settlements WHERE merchant = $1 AND acquirer = $2 AND sha256 = $3",
            merchant,
            imported.Acquirer,
            imported.Sha256
        );
        if (known is string before)
        {
            return (
                0,
                0,
                Refusal.Conflict("already_imported", $"This file was imported before as {before}.")
            );
        }
        var duplicates = Matching.Duplicates(
            file.Lines,
            reference =>
                work.Views.Scalar(
                    "SELECT 1 FROM settlement_lines WHERE merchant = $1 AND acquirer = $2 AND reference = $3 LIMIT 1",
                    merchant,
                    imported.Acquirer,
                    reference
                )
                    is not null
        );
        List<IBooksEvent> events = [imported];
        events.AddRange(
            file.Lines.Chunk(LinesAnEvent)
                .Select(lines => new SettlementLinesRead(
                    imported.Settlement,
                    imported.Acquirer,
                    lines,
                    [.. lines.Select(l => l.Line).Where(duplicates.Contains)]
                ))
        );
        var matches = Matching.Of(
            file.Lines.Where(l => !duplicates.Contains(l.Line)),
            Open(work, merchant, imported.Since, imported.Until, window),
            window
        );
        if (matches.Count > 0)
        {
            events.Add(new RecordsMatched(imported.Settlement, matches));
        }
        work.Append(SettlementStreams.Books, merchant, merchant, events);
        return (duplicates.Count, matches.Count, null);
    }

    /// <summary>Looks again: records may have come in since, or have been opened again.</summary>
    public static int Match(Work work, string merchant, string settlement, TimeSpan window)
    {
        var lines = work.Views.Query(
            FreeLines,
            r => new SettlementLine(
                r.GetInt32(0),
                DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1)),
                r.GetInt64(2),
                r.GetString(3)
            ),
            settlement
        );
        if (lines.Count == 0)
        {
            return 0;
        }
        var open = Open(work, merchant, lines.Min(l => l.At), lines.Max(l => l.At), window);
        var matches = Matching.Of(lines, open, window);
        if (matches.Count > 0)
        {
            work.Append(
                SettlementStreams.Books,
                merchant,
                merchant,
                [new RecordsMatched(settlement, matches)]
            );
        }
        return matches.Count;
    }

    /// <summary>A reference decides over days, for a till's clock may be wrong; time alone only within the window.</summary>
    private static List<OpenRecord> Open(
        Work work,
        string merchant,
        DateTimeOffset since,
        DateTimeOffset until,
        TimeSpan window
    )
    {
        var margin = window + TimeSpan.FromDays(3);
        return work.Views.Query(
            OpenRecords,
            r => new OpenRecord(
                r.GetString(0),
                DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1)),
                r.GetInt64(2),
                r.GetString(3)
            ),
            merchant,
            (since - margin).ToUnixTimeMilliseconds(),
            (until + margin).ToUnixTimeMilliseconds(),
            MostRecords
        );
    }
}
