using System.Globalization;
using CsvHelper;
using Tillkeeper.Core;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Settlements;

namespace Tillkeeper.Server.Settlements;

/// <summary>A settlement file as it was understood.</summary>
/// <param name="Skipped">Lines that name no time of a payment: sums, remarks.</param>
/// <param name="Refusal">Why the whole file is refused; nothing of it is taken then.</param>
internal sealed record SettlementFile(
    IReadOnlyList<SettlementLine> Lines,
    int Skipped,
    Refusal? Refusal = null
)
{
    public const int MostBytes = 4 * 1024 * 1024;
    public const int MostLines = 10_000;
    private const int LongestReference = 64;

    /// <summary>Only what the mapping names is kept of a line, and a reference that looks like a card number is masked.</summary>
    public static SettlementFile Read(byte[] content, SettlementMapping mapping)
    {
        try
        {
            using StreamReader text = new(new MemoryStream(content), mapping.Decoder());
            using var csv = CsvReader.Create(
                text,
                new CsvReaderOptions
                {
                    Separator = mapping.Separator is { } separator ? separator[0] : ',',
                    IncludeValuesInExceptions = false,
                    TrimWhitespace = true,
                    MaxRecordSize = 64 * 1024,
                }
            );
            return Read(csv, mapping);
        }
        catch (CsvFormatException)
        {
            return Refused("The file is no CSV of this separator and encoding.");
        }
    }

    private static SettlementFile Read(CsvReader csv, SettlementMapping mapping)
    {
        csv.ReadHeader();
        if (
            !csv.TryGetFieldIndex(mapping.Time!, out var time)
            || !csv.TryGetFieldIndex(mapping.Amount!, out var amount)
        )
        {
            return Refused("The file has no columns of the names that the mapping gives.");
        }
        var reference = -1;
        if (mapping.Reference is { Length: > 0 } name && !csv.TryGetFieldIndex(name, out reference))
        {
            return Refused(
                "The file has no column of the name that the mapping gives for numbers."
            );
        }
        var zone = TimeZoneInfo.FindSystemTimeZoneById(mapping.Zone!);
        List<SettlementLine> lines = [];
        var skipped = 0;
        var number = 0;
        while (csv.Read())
        {
            number++;
            if (number > MostLines)
            {
                return Refused($"A file has at most {MostLines} lines; cut it.");
            }
            if (TimeOf(Field(csv, time), mapping.TimeFormat!, zone) is not { } at)
            {
                skipped++;
                continue;
            }
            if (AmountOf(Field(csv, amount), mapping.MinorUnits) is not { } minor)
            {
                return Refused($"Line {number}: the column of the amount holds none.");
            }
            // What went out, and what came to nothing, accounts for no payment.
            if (minor > 0)
            {
                var own = reference < 0 ? "" : Field(csv, reference);
                lines.Add(new SettlementLine(number, at, minor, Tidy(own)));
            }
            else
            {
                skipped++;
            }
        }
        return lines.Count > 0
            ? new SettlementFile(lines, skipped)
            : Refused("No line of the file tells of a payment.");
    }

    /// <summary>Exports for spreadsheets put an apostrophe or a tab before long numbers.</summary>
    private static string Field(CsvReader csv, int index) =>
        index < csv.FieldCount ? csv.GetString(index).Trim('\'', '`', '\t', ' ') : "";

    private static string Tidy(string reference) =>
        CardNumbers.Mask(
            reference.Length > LongestReference ? reference[..LongestReference] : reference
        );

    private static DateTimeOffset? TimeOf(string text, string format, TimeZoneInfo zone) =>
        DateTime.TryParseExact(
            text,
            format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        ) && local.Year is > 2000 and < 2200
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    /// <summary>Null for what is no amount, or one with more decimals than a minor unit has.</summary>
    private static long? AmountOf(string text, bool minorUnits)
    {
        const NumberStyles Written =
            NumberStyles.AllowLeadingSign
            | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowThousands;
        var plain = text.TrimStart('¥', '￥');
        if (
            !decimal.TryParse(plain, Written, CultureInfo.InvariantCulture, out var amount)
            || Math.Abs(amount) > LedgerDecisions.MostMinor
        )
        {
            return null;
        }
        var minor = minorUnits ? amount : amount * 100;
        return minor == decimal.Truncate(minor) ? (long)minor : null;
    }

    private static SettlementFile Refused(string detail) =>
        new([], 0, Refusal.Invalid("file", detail));
}
