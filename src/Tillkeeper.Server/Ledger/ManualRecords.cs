using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Ledger;

/// <summary>
/// The view <c>manual_records</c>, written from what terminals report. A terminal checks what it writes down; one that does not is cut and
/// masked here. A number that comes twice stays what it was first.
/// </summary>
internal static class ManualRecords
{
    private const int LongestBook = 16;

    public static void Write(Views views, string terminal, LedgerRecorded record, DateTimeOffset at)
    {
        if (!IsWellFormed(record))
        {
            return;
        }
        views.Write(
            """
            INSERT INTO manual_records SELECT $1, id, merchant, place, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
            FROM terminals WHERE id = $2 ON CONFLICT DO NOTHING
            """,
            $"{terminal}-{record.Book}-{record.Number}",
            terminal,
            record.Book,
            record.Number,
            record.AmountMinor,
            Words.Of(record.Method),
            record.At.ToUnixTimeMilliseconds(),
            at.ToUnixTimeMilliseconds(),
            Tidy(record.Operator),
            record.SignedIn ? 1 : 0,
            Tidy(record.Note),
            Tidy(record.Reference),
            record.Voids
        );
    }

    private static bool IsWellFormed(LedgerRecorded record) =>
        record.Book.Length is > 0 and <= LongestBook
        && record.Book.All(char.IsAsciiLetterOrDigit)
        && record.Number > 0
        && Math.Abs((decimal)record.AmountMinor) <= LedgerDecisions.MostMinor;

    private static string? Tidy(string? text) =>
        text is null ? null : CardNumbers.Mask(ReportedText.Short(text));
}
