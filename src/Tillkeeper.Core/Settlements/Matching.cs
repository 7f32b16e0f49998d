namespace Tillkeeper.Core.Settlements;

/// <summary>A line of a settlement file that accounts for money that came in.</summary>
/// <param name="Reference">The payment's own number; empty when the file names none.</param>
public sealed record SettlementLine(
    int Line,
    DateTimeOffset At,
    long AmountMinor,
    string Reference
);

/// <summary>A manual record that nobody has accounted for yet.</summary>
/// <param name="Reference">What the cashier wrote down of the payment's number, often only its end; empty when nothing.</param>
public sealed record OpenRecord(string Id, DateTimeOffset At, long AmountMinor, string Reference);

/// <summary>Which line accounts for which record.</summary>
public sealed record Match(int Line, string Record);

/// <summary>
/// Finds the line that accounts for a manual record: the same amount, and the same reference where both have one, else the nearest in time
/// within a window. No line and no record is used twice; where it is in doubt, nothing is matched.
/// </summary>
public static class Matching
{
    /// <summary>Fewer written digits of a reference say nothing.</summary>
    private const int FewestOfReference = 4;

    public static IReadOnlyList<Match> Of(
        IEnumerable<SettlementLine> lines,
        IEnumerable<OpenRecord> records,
        TimeSpan window
    )
    {
        var open = records.ToLookup(r => r.AmountMinor);
        var pairs = lines
            .SelectMany(line =>
                open[line.AmountMinor]
                    .Select(record =>
                        (Line: line, Record: record, Rank: Rank(line, record, window))
                    )
            )
            .Where(pair => pair.Rank is not null)
            .OrderBy(pair => pair.Rank)
            .ThenBy(pair => pair.Line.Line)
            .ThenBy(pair => pair.Record.Id, StringComparer.Ordinal);
        List<Match> matches = [];
        HashSet<int> usedLines = [];
        HashSet<string> usedRecords = new(StringComparer.Ordinal);
        foreach (var (line, record, _) in pairs)
        {
            if (!usedLines.Contains(line.Line) && usedRecords.Add(record.Id))
            {
                usedLines.Add(line.Line);
                matches.Add(new Match(line.Line, record.Id));
            }
        }
        return matches;
    }

    /// <summary>
    /// Lines of a file, and of those before it, that tell of one payment twice: the same reference, or without one the same moment and
    /// amount within one file.
    /// </summary>
    public static IReadOnlySet<int> Duplicates(
        IEnumerable<SettlementLine> lines,
        Func<string, bool> isKnown
    )
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(isKnown);
        HashSet<(string, DateTimeOffset, long)> seen = [];
        return lines
            .Where(l =>
                l.Reference.Length > 0
                    ? isKnown(l.Reference) || !seen.Add((l.Reference, default, 0))
                    : !seen.Add(("", l.At, l.AmountMinor))
            )
            .Select(l => l.Line)
            .ToHashSet();
    }

    /// <summary>The better the lower; null when they do not belong together. A reference beats any closeness in time.</summary>
    private static TimeSpan? Rank(SettlementLine line, OpenRecord record, TimeSpan window)
    {
        var apart = (line.At - record.At).Duration();
        if (line.Reference.Length > 0 && record.Reference.Length >= FewestOfReference)
        {
            return line.Reference.EndsWith(record.Reference, StringComparison.OrdinalIgnoreCase)
                ? apart - TimeSpan.FromDays(36_500)
                : null;
        }
        return apart <= window ? apart : null;
    }
}
