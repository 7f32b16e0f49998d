using Tillkeeper.Server.Announcements;

namespace Tillkeeper.Server.Tests.Announcements;

/// <summary>Working days are counted by the calendar of the shop.</summary>
public sealed class WorkingDaysTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById(
        "Asia/Shanghai"
    );

    [Theory]
    [InlineData("2026-11-23T10:00:00+08:00", "2026-11-30T01:00:00+08:00", 5)] // Monday to Monday
    [InlineData("2026-11-27T10:00:00+08:00", "2026-11-30T01:00:00+08:00", 1)] // Friday to Monday
    [InlineData("2026-11-27T10:00:00+08:00", "2026-11-29T23:00:00+08:00", 0)] // over a weekend
    [InlineData("2026-11-23T10:00:00+08:00", "2026-11-23T12:00:00+08:00", 0)] // the same day
    [InlineData("2026-11-23T20:00:00Z", "2026-11-24T10:00:00Z", 0)] // the same day there, two days in UTC
    [InlineData("2026-11-24T10:00:00Z", "2026-11-23T10:00:00Z", 0)] // not later
    public void Working_days_lie_between_two_moments(string from, string until, int days) =>
        Assert.Equal(
            days,
            WorkingDays.Between(
                DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
                DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture),
                Shanghai
            )
        );
}
