using System.Globalization;

namespace Tillkeeper.Server.Notifications.Parties;

/// <summary>When a party sleeps, in its own zone; the same time twice means never.</summary>
internal sealed record QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    private const string Format = "HH:mm";

    public static string Write(TimeOnly time) =>
        time.ToString(Format, CultureInfo.InvariantCulture);

    public static bool TryRead(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, default, out time);

    /// <summary>The first moment from <paramref name="now"/> on that is not quiet.</summary>
    public DateTimeOffset FirstAwake(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        // From is in it, To is not; it may pass midnight.
        if (From == To || !TimeOnly.FromDateTime(local.DateTime).IsBetween(From, To))
        {
            return now;
        }
        var end = local.Date + To.ToTimeSpan();
        if (end <= local.DateTime)
        {
            end = end.AddDays(1);
        }
        // An hour that summer time leaves out does not exist: the next one is when they wake.
        while (Zone.IsInvalidTime(end))
        {
            end = end.AddMinutes(15);
        }
        var awake = new DateTimeOffset(end, Zone.GetUtcOffset(end));
        return awake > now ? awake : now;
    }
}
