using System.Collections.Immutable;
using System.Globalization;

namespace Tillkeeper.Core.Campaigns;

/// <summary>When a shop is best left alone with an update: on which days, from when, for how long, by the shop's own clock.</summary>
/// <param name="Days"><c>mon</c> ... <c>sun</c>, the day on which it opens; none means every day.</param>
/// <param name="From">Local time of day, <c>HH:mm</c>.</param>
/// <param name="Duration">How long it stays open: real time, also over a change of the clocks; at most a day.</param>
/// <param name="Zone">IANA name, e.g. <c>Asia/Shanghai</c>.</param>
public sealed record MaintenanceWindow(
    ImmutableArray<string> Days,
    string From,
    TimeSpan Duration,
    string Zone
)
{
    private static readonly string[] Words = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with it, or null. Whether the zone exists is known only to the machine that has the table of zones.</summary>
    public Refusal? Check()
    {
        if (Days.Any(day => !Words.Contains(day)) || Days.Length > Words.Length)
        {
            return Refusal.Invalid(
                "window.days",
                "Use mon, tue, wed, thu, fri, sat, sun; none means every day."
            );
        }
        if (Opening is null)
        {
            return Refusal.Invalid("window.from", "Give a time of day such as 02:00.");
        }
        if (Duration < Shortest || Duration > Longest)
        {
            return Refusal.Invalid("window.duration", "Use PT5M to P1D.");
        }
        return Zone is { Length: > 0 and <= 64 }
            ? null
            : Refusal.Invalid("window.zone", "Give the IANA name of a zone, e.g. Asia/Shanghai.");
    }

    public bool IsOpen(DateTimeOffset now, TimeZoneInfo zone) =>
        Openings(now, zone, from: -1, days: 2).Any(o => o <= now && now < o + Duration);

    /// <summary>When it opens next, or when the one that is open now has opened.</summary>
    public DateTimeOffset? Next(DateTimeOffset now, TimeZoneInfo zone) =>
        Openings(now, zone, from: -1, days: 10)
            .Where(o => now < o + Duration)
            .Cast<DateTimeOffset?>()
            .FirstOrDefault();

    private TimeOnly? Opening =>
        TimeOnly.TryParseExact(
            From,
            "HH:mm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time
            : null;

    private IEnumerable<DateTimeOffset> Openings(
        DateTimeOffset now,
        TimeZoneInfo zone,
        int from,
        int days
    )
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Opening is not { } time
            ? []
            : Enumerable
                .Range(from, days)
                .Select(today.AddDays)
                .Where(day => Days.IsEmpty || Days.Contains(Words[(int)day.DayOfWeek]))
                .Select(day => Instant(day.ToDateTime(time), zone));
    }

    /// <summary>
    /// A local time that the clocks jump over opens as far after the jump as it lay behind its beginning; one that comes twice opens the
    /// first time.
    /// </summary>
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(
                local,
                zone.GetAmbiguousTimeOffsets(local).Max()
            ).ToUniversalTime();
        }
        // Of a time that does not exist, the offset before the jump.
        var like = zone.IsInvalidTime(local) ? local.AddDays(-1) : local;
        return new DateTimeOffset(local, zone.GetUtcOffset(like)).ToUniversalTime();
    }
}
