using System.Globalization;
using System.Text;
using Tillkeeper.Core;

namespace Tillkeeper.Server.Settlements;

/// <summary>How an acquirer's settlement files are read; given once for each acquirer.</summary>
/// <param name="Time">The column with the time of a payment.</param>
/// <param name="Amount">The column with its amount.</param>
/// <param name="Reference">The column with its number; null when the files have none.</param>
/// <param name="TimeFormat">E.g. <c>yyyy-MM-dd HH:mm:ss</c>, as .NET writes it.</param>
/// <param name="Zone">The IANA zone of the times, e.g. <c>Asia/Shanghai</c>.</param>
/// <param name="MinorUnits">True when 2850 means 28.50; false when it is written 28.50.</param>
/// <param name="Encoding"><c>utf-8</c> or <c>gb18030</c>.</param>
/// <param name="Separator">One character.</param>
/// <param name="Window">How far apart record and line may lie where no reference decides.</param>
internal sealed record SettlementMapping(
    string? Time,
    string? Amount,
    string? Reference = null,
    string? TimeFormat = null,
    string? Zone = null,
    bool MinorUnits = false,
    string? Encoding = null,
    string? Separator = null,
    TimeSpan? Window = null
)
{
    public static TimeSpan UsualWindow { get; } = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan WidestWindow = TimeSpan.FromDays(3);

    public Refusal? Check() =>
        Http.Check.Name(Time, "time")
        ?? Http.Check.Name(Amount, "amount")
        ?? Http.Check.Optional(Reference, "reference")
        ?? Http.Check.Name(TimeFormat, "timeFormat")
        ?? CheckRest();

    public Encoding Decoder() =>
        Encoding == "gb18030"
            ? CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!
            : System.Text.Encoding.UTF8;

    private Refusal? CheckRest()
    {
        if (Zone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            return Refusal.Invalid("zone", "Name an IANA time zone, e.g. Asia/Shanghai.");
        }
        if (!IsFormat(TimeFormat!))
        {
            return Refusal.Invalid("timeFormat", "Write it like yyyy-MM-dd HH:mm:ss.");
        }
        if (Encoding is not (null or "utf-8" or "gb18030"))
        {
            return Refusal.Invalid("encoding", "Use utf-8 or gb18030.");
        }
        if (Separator is not (null or "," or ";" or "\t" or "|"))
        {
            return Refusal.Invalid("separator", "Use a comma, a semicolon, a tab or a bar.");
        }
        return Window is { } window && (window < TimeSpan.Zero || window > WidestWindow)
            ? Refusal.Invalid("window", $"Use a duration of at most {WidestWindow.Days} days.")
            : null;
    }

    private static bool IsFormat(string format)
    {
        try
        {
            var text = DateTime.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            return DateTime.TryParseExact(
                text,
                format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            );
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>Something that happened to how an acquirer's files are read.</summary>
internal interface IMappingEvent;

internal sealed record MappingSet(string Acquirer, SettlementMapping Mapping, string Person)
    : IMappingEvent;
