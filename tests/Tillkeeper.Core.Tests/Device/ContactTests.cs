using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>C5: a terminal that nobody can reach. A warning days before, a lock only where the policy says so, over with contact.</summary>
public sealed class ContactTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void A_silence_warns_after_three_days_and_never_locks_by_default()
    {
        var till = Connected(new());

        Silent(till, 2.9);
        Assert.Empty(till.State.Findings);

        Silent(till, 0.2);
        var found = Assert.Single(till.State.Findings).Value;
        Assert.Equal(FindingEffect.Warning, found.Effect);
        Assert.Equal(("3", "7"), (found.Evidence.Facts!["days"], found.Evidence.Facts["limit"]));

        Silent(till, 30);
        Assert.Empty(till.State.ActiveLocks);
        Assert.Single(till.Journal.OfType<RuleFound>());
    }

    [Fact]
    public void Where_the_policy_locks_the_warning_comes_first_and_contact_ends_both()
    {
        var till = Connected(new() { Then = RuleAction.Lock });

        Silent(till, 3.1);
        Assert.Equal(FindingEffect.Warning, Assert.Single(till.State.Findings).Value.Effect);
        Assert.Empty(till.State.ActiveLocks);
        Silent(till, 3.8);
        Assert.Empty(till.State.ActiveLocks);

        Silent(till, 0.2);
        Assert.Equal(Cause.OfflineTooLong, till.TheLock().Cause);

        Reached(till);
        Assert.Empty(till.State.ActiveLocks);
        Assert.Empty(till.State.Findings);
        Assert.Equal(WayOut.Reconnect, till.Journal.OfType<LockEnded>().Single().WayOut);

        // The clock begins anew.
        Silent(till, 2.9);
        Assert.Empty(till.State.Findings);
    }

    [Fact]
    public void In_shadow_only_the_lock_that_would_have_been_is_recorded()
    {
        var till = Connected(new() { Mode = RuleMode.Shadow, Then = RuleAction.Lock });

        Silent(till, 6.9);
        Assert.Empty(till.Journal.OfType<RuleFound>());

        Silent(till, 0.2);
        Assert.Equal(FindingEffect.Shadow, till.Journal.OfType<RuleFound>().Single().Effect);
        Assert.Empty(till.State.ActiveLocks);
    }

    [Fact]
    public void Restarts_neither_end_a_silence_nor_shorten_it_by_more_than_an_hour_each()
    {
        var till = Connected(new() { Then = RuleAction.Lock });
        for (var night = 0; night < 9; night++)
        {
            Silent(till, 0.9);
            till.PowerCut();
        }
        Silent(till, 0.1);

        Assert.Equal(Cause.OfflineTooLong, till.TheLock().Cause);
    }

    [Fact]
    public void Time_without_power_counts_only_when_it_is_proven()
    {
        var unproven = Connected(new());
        Silent(unproven, 1);
        unproven.PowerCut(off: 30 * Day);
        Silent(unproven, 1);
        Assert.Empty(unproven.State.Findings);

        var proven = Connected(new());
        Silent(proven, 1);
        proven.PowerCut(off: 30 * Day, hears: true);
        Silent(proven, 0.1);
        Assert.Single(proven.State.Findings);
    }

    [Fact]
    public void A_terminal_that_has_never_been_reached_since_its_start_counts_from_there()
    {
        var till = Till.Staffed();
        till.Do(new Start("1.0", till.NewLockId()));

        for (var hour = 0; hour < 80; hour++)
        {
            till.Pass(TimeSpan.FromHours(1));
            till.Do(new CheckContact(null, till.NewLockId()));
        }

        Assert.Single(till.State.Findings);
    }

    [Fact]
    public void A_hiccup_leaves_no_trace_and_a_terminal_in_touch_writes_nothing()
    {
        var till = Connected(new());
        var before = till.Journal.Count;
        for (var round = 0; round < 1000; round++)
        {
            var last = till.Clock;
            till.Pass(TimeSpan.FromMinutes(9));
            till.Do(new CheckContact(last, till.NewLockId()));
            till.Do(new BookTime());
        }

        Assert.Equal(before, till.Journal.Count);
    }

    /// <summary>A terminal that has just heard from its server.</summary>
    private static Till Connected(OfflineTooLongRule rule)
    {
        var till = Till.Staffed(new Policy { OfflineTooLong = rule });
        till.Do(new Start("1.0", till.NewLockId()));
        till.Pass(TimeSpan.FromSeconds(5));
        Reached(till);
        Assert.Null(till.State.Silence);
        return till;
    }

    private static void Reached(Till till)
    {
        till.Pass(TimeSpan.FromSeconds(1));
        till.Do(new CheckContact(till.Clock, till.NewLockId()));
    }

    /// <summary>So many days without an answer, booked every hour as the agent does.</summary>
    private static void Silent(Till till, double days)
    {
        var last = till.Clock;
        var contact = till.State.Silence is null ? (DeviceTime?)last : null;
        for (var passed = TimeSpan.Zero; passed < days * Day; passed += TimeSpan.FromMinutes(6))
        {
            till.Pass(TimeSpan.FromMinutes(6));
            till.Do(new CheckContact(contact, till.NewLockId()));
            till.Do(new BookTime());
        }
    }
}
