using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Till = Tillkeeper.Core.Tests.Device.Till;

namespace Tillkeeper.Core.Tests.Rules.Anomalies;

/// <summary>A machine that starts again and again (C7).</summary>
public sealed class RebootsTests
{
    private static Till Started()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Do(new Start("1.0", till.NewLockId()));
        return till;
    }

    [Fact]
    public void So_many_starts_of_the_machine_within_the_window_lock_with_what_was_seen()
    {
        var till = Started();
        for (var i = 0; i < 3; i++)
        {
            till.PowerCut(TimeSpan.FromMinutes(1), hears: true);
            till.Do(new Tick());
            Assert.Empty(till.Found());
        }

        till.PowerCut(TimeSpan.FromMinutes(1), hears: true);
        till.Do(new Tick());

        var evidence = till.TheLock().Evidence;
        Assert.Equal(RuleName.Reboots, evidence.Rule);
        Assert.Equal(("4", "60"), (evidence.Facts!["starts"], evidence.Facts["minutes"]));
    }

    [Fact]
    public void A_restart_of_the_program_alone_is_none()
    {
        var till = Started();

        for (var i = 0; i < 20; i++)
        {
            till.Do(new Start("1.0", till.NewLockId()));
        }
        till.Do(new Tick());

        Assert.Empty(till.State.Recent.Boots);
        Assert.Empty(till.Found());
    }

    [Fact]
    public void The_very_first_start_is_none()
    {
        var till = Started();

        Assert.Empty(till.State.Recent.Boots);
        Assert.NotNull(till.State.Recent.Boot);
    }

    [Fact]
    public void Starts_are_not_judged_before_the_time_off_can_be_proven()
    {
        var till = Started();
        for (var i = 0; i < 4; i++)
        {
            till.PowerCut(TimeSpan.FromDays(1));
            till.Do(new Tick());
            Assert.Empty(till.Found());
            till.Hears();
            till.Do(new BookTime());
        }

        till.Do(new Tick());

        Assert.Empty(till.Found());
    }

    [Fact]
    public void Without_a_server_they_are_judged_two_minutes_after_a_start()
    {
        var till = Started();
        till.HearsNothing();
        for (var i = 0; i < 4; i++)
        {
            till.PowerCut(TimeSpan.FromMinutes(1));
        }
        till.Do(new Tick());
        Assert.Empty(till.Found());

        till.Pass(TimeSpan.FromMinutes(2));
        till.Do(new Tick());

        Assert.Single(till.Found());
    }

    [Fact]
    public void A_machine_without_a_server_that_is_switched_off_each_evening_is_no_anomaly()
    {
        var till = Started();
        till.HearsNothing();
        for (var day = 0; day < 30; day++)
        {
            for (var minute = 0; minute < 30; minute++)
            {
                till.Pass(TimeSpan.FromMinutes(1));
                till.Do(new BookTime());
            }
            till.PowerCut(TimeSpan.FromHours(14));
        }

        Assert.Empty(till.Found());
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var till = Started();

        for (var i = 0; i < 50; i++)
        {
            till.PowerCut();
        }

        Assert.Equal(4, till.State.Recent.Boots.Count);
    }

    [Fact]
    public void An_attempt_that_a_power_cut_left_open_and_a_lock_for_restarts_stand_side_by_side()
    {
        var till = Started();
        till.Wrong(Till.Cashier, 4);
        till.Do(new BeginAttempt(Till.Cashier));
        for (var i = 0; i < 4; i++)
        {
            till.PowerCut(TimeSpan.FromSeconds(30), hears: true);
        }
        till.Do(new Tick());

        Assert.Equal(
            [Cause.WrongPassword, Cause.Anomaly],
            till.State.ActiveLocks.Select(l => l.Cause).Order()
        );
    }
}
