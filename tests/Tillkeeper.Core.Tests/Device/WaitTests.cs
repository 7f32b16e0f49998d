using Tillkeeper.Core.Device;

namespace Tillkeeper.Core.Tests.Device;

public sealed class WaitTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(30);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static DeviceTime At(string boot, double minutes, double? trustedMinutes = null) =>
        new(
            boot,
            (long)TimeSpan.FromMinutes(minutes).TotalMilliseconds,
            trustedMinutes is { } m ? Noon.AddMinutes(m) : null
        );

    private static double Left(Wait wait, DeviceTime now) => wait.Remaining(now).TotalMinutes;

    [Fact]
    public void It_counts_on_the_clock_of_the_boot()
    {
        var wait = Wait.Begin(At("a", 5), Length);
        Assert.Equal(30, Left(wait, At("a", 5)));
        Assert.Equal(20, Left(wait, At("a", 15)));
        Assert.False(wait.IsOver(At("a", 34.999)));
        Assert.True(wait.IsOver(At("a", 35)));
        Assert.Equal(0, Left(wait, At("a", 9999)));
    }

    [Fact]
    public void Neither_a_jump_of_trusted_time_nor_a_clock_running_backwards_changes_it()
    {
        var wait = Wait.Begin(At("a", 5, 0), Length);
        Assert.Equal(30, Left(wait, At("a", 5, 1e6)));
        Assert.Equal(30, Left(wait, At("a", 5, -1e6)));
        Assert.Equal(30, Left(wait, At("a", 1, 0)));
    }

    [Fact]
    public void A_reboot_proves_nothing_by_itself()
    {
        var wait = Wait.Begin(At("a", 5), Length);
        Assert.Equal(30, Left(wait, At("b", 500)));
        Assert.Equal(30, Left(wait.Checkpoint(At("b", 1)), At("b", 1)));
        Assert.Equal(20, Left(wait.Checkpoint(At("b", 1)), At("b", 11)));
    }

    [Fact]
    public void What_was_booked_before_a_reboot_stays_served()
    {
        var wait = Wait.Begin(At("a", 5), Length).Checkpoint(At("a", 15)).Checkpoint(At("b", 1));
        Assert.Equal(20, Left(wait, At("b", 1)));
        Assert.True(wait.IsOver(At("b", 21)));
    }

    [Fact]
    public void Two_checkpoints_at_one_moment_book_nothing_twice()
    {
        var once = Wait.Begin(At("a", 5), Length).Checkpoint(At("a", 15));
        Assert.Equal(once, once.Checkpoint(At("a", 15)));
    }

    [Fact]
    public void Signed_time_credits_what_passed_while_the_power_was_off()
    {
        var wait = Wait.Begin(At("a", 5, 0), Length).Checkpoint(At("b", 0));
        Assert.Equal(30, Left(wait, At("b", 0)));
        Assert.Equal(5, Left(wait, At("b", 1, 25)));
        Assert.True(wait.IsOver(At("b", 1, 30)));
    }

    [Fact]
    public void Signed_time_that_comes_later_in_the_first_boot_counts_too()
    {
        var wait = Wait.Begin(At("a", 5), Length).Checkpoint(At("a", 6, 1)).Checkpoint(At("b", 0));
        Assert.Equal(29, Left(wait, At("b", 0)));
        Assert.Equal(5, Left(wait, At("b", 1, 25)));
    }

    [Fact]
    public void Signed_time_from_before_the_start_credits_nothing()
    {
        var wait = Wait.Begin(At("a", 5, 0), Length);
        Assert.Equal(30, Left(wait, At("b", 0, -10_000)));
    }

    [Fact]
    public void The_larger_of_two_proofs_holds_and_they_are_not_added()
    {
        var wait = Wait.Begin(At("a", 5, 0), Length).Checkpoint(At("a", 15, 10));
        Assert.Equal(20, Left(wait, At("b", 0, 10)));
        Assert.Equal(15, Left(wait.Checkpoint(At("b", 0)), At("b", 5)));
        Assert.Equal(10, Left(wait.Checkpoint(At("b", 0)), At("b", 5, 20)));
    }

    [Fact]
    public void A_pause_outlasts_any_number_of_quick_reboots()
    {
        var till = Till.Staffed();
        till.HearsNothing();
        till.Wrong(Till.Cashier, 5);
        for (var i = 0; i < 100; i++)
        {
            till.Pass(TimeSpan.FromSeconds(59));
            till.PowerCut(TimeSpan.FromHours(1));
        }
        Assert.Equal("locked", till.Right(Till.Cashier));
        till.Hears();
        till.Pass(TimeSpan.FromMinutes(29));
        Assert.Equal("locked", till.Right(Till.Cashier));
        till.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(till.Right(Till.Cashier));
    }

    [Fact]
    public void A_pause_is_over_when_the_server_proves_that_the_night_has_passed()
    {
        var till = Till.Staffed();
        till.Wrong(Till.Cashier, 5);
        till.PowerCut(TimeSpan.FromHours(12));
        Assert.Equal("locked", till.Right(Till.Cashier));
        till.Hears();
        Assert.Null(till.Right(Till.Cashier));
    }

    [Fact]
    public void Time_is_booked_only_while_something_counts_down()
    {
        var till = Till.Staffed();
        Assert.Empty(till.Do(new BookTime()));
        till.Wrong(Till.Cashier);
        Assert.Empty(till.Do(new BookTime()));
        till.Pass(TimeSpan.FromHours(1));
        Assert.IsType<ClockCheckpointed>(Assert.Single(till.Do(new BookTime())));
        Assert.Empty(till.Do(new BookTime()));
        till.Wrong(Till.Cashier, 4);
        till.Pass(TimeSpan.FromMinutes(10));
        Assert.Single(till.Do(new BookTime()));
        till.PowerCut();
        till.Pass(TimeSpan.FromMinutes(20));
        till.Do(new Tick());
        Assert.Empty(till.State.Locks);
    }

    [Fact]
    public void The_wall_clock_shown_to_people_ends_nothing()
    {
        var till = Till.Staffed();
        till.Wrong(Till.Cashier, 5);
        foreach (var years in (int[])[-56, -10, 10, 1000])
        {
            var now = till.Now with { Shown = till.Real.AddYears(years) };
            Assert.Empty(DeviceDecisions.Decide(till.State, new Tick(), now).Events);
        }
    }
}
