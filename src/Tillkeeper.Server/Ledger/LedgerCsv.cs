using System.Globalization;
using CsvHelper;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.Ledger;

/// <summary>
/// Manual records for the books: CSV (RFC 4180) in UTF-8 with a mark, as spreadsheets want it. Free text that a spreadsheet would take for a
/// formula begins with an apostrophe; numbers stay numbers.
/// </summary>
internal static class LedgerCsv
{
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true };

    private static readonly string[] Header =
    [
        "terminal",
        "book",
        "number",
        "at",
        "amountMinor",
        "method",
        "reference",
        "note",
        "operator",
        "signedIn",
        "state",
        "voids",
        "settlement",
        "line",
        "reason",
    ];

    public static byte[] Write(IEnumerable<LedgerRecordView> records)
    {
        using MemoryStream bytes = new();
        using (var csv = CsvWriter.Create(bytes, Options))
        {
            foreach (var name in Header)
            {
                csv.WriteField(name);
            }
            csv.EndRecord();
            foreach (var record in records)
            {
                Write(csv, record);
            }
        }
        return bytes.ToArray();
    }

    private static void Write(CsvWriter csv, LedgerRecordView r)
    {
        csv.WriteField(r.TerminalId);
        csv.WriteField(r.Book);
        csv.WriteField(r.Number, default, CultureInfo.InvariantCulture);
        csv.WriteField(r.At.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss'Z'");
        csv.WriteField(r.AmountMinor, default, CultureInfo.InvariantCulture);
        csv.WriteField(r.Method);
        csv.WriteField(Spreadsheet.Plain(r.Reference));
        csv.WriteField(Spreadsheet.Plain(r.Note));
        csv.WriteField(Spreadsheet.Plain(r.Operator));
        csv.WriteField(r.SignedIn);
        csv.WriteField(r.State);
        csv.WriteField(r.Voids);
        csv.WriteField(r.SettlementId);
        csv.WriteField(r.Line);
        csv.WriteField(Spreadsheet.Plain(r.Reason));
        csv.EndRecord();
    }
}
