namespace Tillkeeper.Server.Announcements;

/// <summary>
/// Working days between two moments, by the days of the week in the shop's zone. Public holidays differ from year to year and from place
/// to place; whoever announces work around one looks at the calendar.
/// </summary>
internal static class WorkingDays
{
    /// <summary>A year; nobody announces further ahead.</summary>
    private const int MostDays = 366;

    /// <returns>Whole working days that lie between the day of the first and the day of the second; 0 when it is not later.</returns>
    public static int Between(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        var day = DayOf(from, zone);
        var last = DayOf(until, zone);
        var count = 0;
        for (var i = 0; i < MostDays && day < last; i++)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                count++;
            }
        }
        return count;
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
