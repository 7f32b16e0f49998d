using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Core.Tests.Campaigns;

/// <summary>The shop's own clock decides, over midnight and over the change of the clocks.</summary>
public sealed class MaintenanceWindowTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById(
        "Asia/Shanghai"
    );
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById(
        "Europe/Berlin"
    );

    [Theory]
    // 2026-03-03 is a Tuesday; Shanghai is 8 hours ahead.
    [InlineData("2026-03-02T17:59:59Z", false)]
    [InlineData("2026-03-02T18:00:00Z", true)]
    [InlineData("2026-03-02T20:59:59Z", true)]
    [InlineData("2026-03-02T21:00:00Z", false)]
    [InlineData("2026-03-03T18:30:00Z", false)]
    public void It_is_open_on_its_days_by_the_shops_clock(string now, bool open)
    {
        var window = new MaintenanceWindow(
            ["tue"],
            "02:00",
            TimeSpan.FromHours(3),
            "Asia/Shanghai"
        );
        Assert.Equal(open, window.IsOpen(At(now), Shanghai));
    }

    [Theory]
    [InlineData("2026-03-03T14:59:00Z", false)]
    [InlineData("2026-03-03T15:00:00Z", true)]
    [InlineData("2026-03-03T17:30:00Z", true)]
    [InlineData("2026-03-03T19:00:00Z", false)]
    public void Over_midnight_it_belongs_to_the_day_on_which_it_opened(string now, bool open)
    {
        var window = new MaintenanceWindow(
            ["tue"],
            "23:00",
            TimeSpan.FromHours(4),
            "Asia/Shanghai"
        );
        Assert.Equal(open, window.IsOpen(At(now), Shanghai));
    }

    [Fact]
    public void A_time_that_the_clocks_jump_over_opens_after_the_jump_for_its_whole_length()
    {
        // 2026-03-29: 02:00 becomes 03:00 in Berlin, at 01:00 UTC.
        var window = new MaintenanceWindow([], "02:30", TimeSpan.FromHours(1), "Europe/Berlin");
        Assert.False(window.IsOpen(At("2026-03-29T01:29:59Z"), Berlin));
        Assert.True(window.IsOpen(At("2026-03-29T01:30:00Z"), Berlin));
        Assert.True(window.IsOpen(At("2026-03-29T02:29:59Z"), Berlin));
        Assert.False(window.IsOpen(At("2026-03-29T02:30:00Z"), Berlin));
    }

    [Fact]
    public void A_time_that_comes_twice_opens_once()
    {
        // 2026-10-25: 03:00 becomes 02:00 in Berlin, at 01:00 UTC.
        var window = new MaintenanceWindow([], "02:30", TimeSpan.FromMinutes(30), "Europe/Berlin");
        Assert.True(window.IsOpen(At("2026-10-25T00:30:00Z"), Berlin));
        Assert.False(window.IsOpen(At("2026-10-25T01:30:00Z"), Berlin));
    }

    [Fact]
    public void The_next_opening_is_told_and_the_one_that_is_open_counts()
    {
        var window = new MaintenanceWindow(
            ["tue"],
            "02:00",
            TimeSpan.FromHours(3),
            "Asia/Shanghai"
        );
        Assert.Equal(At("2026-03-02T18:00:00Z"), window.Next(At("2026-02-25T00:00:00Z"), Shanghai));
        Assert.Equal(At("2026-03-02T18:00:00Z"), window.Next(At("2026-03-02T20:00:00Z"), Shanghai));
        Assert.Equal(At("2026-03-09T18:00:00Z"), window.Next(At("2026-03-02T21:00:00Z"), Shanghai));
    }

    [Theory]
    [InlineData("monday", "02:00", "PT3H", "window.days")]
    [InlineData("mon", "2:00", "PT3H", "window.from")]
    [InlineData("mon", "24:00", "PT3H", "window.from")]
    [InlineData("mon", "02:00", "PT1M", "window.duration")]
    [InlineData("mon", "02:00", "P2D", "window.duration")]
    public void What_makes_no_window_is_named(string day, string from, string length, string field)
    {
        var window = new MaintenanceWindow(
            [day],
            from,
            System.Xml.XmlConvert.ToTimeSpan(length),
            "Asia/Shanghai"
        );
        Assert.Equal(field, window.Check()?.Field);
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
