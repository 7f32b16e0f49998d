using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>Power cuts between counting and judging gain no guess.</summary>
public sealed class CrashTests
{
    private readonly Till till = Till.Staffed();

    private void CutWhileJudging(string operatorId)
    {
        till.Do(new BeginAttempt(operatorId));
        till.PowerCut();
    }

    [Fact]
    public void An_attempt_that_a_power_cut_left_open_counts_as_wrong()
    {
        CutWhileJudging(Till.Cashier);

        Assert.Null(till.State.OpenAttempt);
        Assert.Equal(1, till.State.FailuresOf(Till.Cashier));
        Assert.Single(till.Journal.OfType<AttemptFailed>());
    }

    [Fact]
    public void The_start_after_the_fifth_raises_the_lock()
    {
        for (var i = 0; i < 5; i++)
        {
            CutWhileJudging(Till.Cashier);
        }
        Assert.Equal(Till.Cashier, till.TheLock().Subject.Operator);
        Assert.Equal("locked", till.Right(Till.Cashier));
    }

    [Fact]
    public void Power_cuts_reach_the_stage_of_a_reset_too()
    {
        till.Wrong(Till.Cashier, 5);
        till.Right(Till.Manager);
        for (var i = 0; i < 5; i++)
        {
            CutWhileJudging(Till.Cashier);
        }
        Assert.DoesNotContain(WayOut.Wait, till.TheLock().WaysOut);
    }

    [Fact]
    public void A_start_with_nothing_open_only_says_that_it_started()
    {
        till.Wrong(Till.Cashier, 2);
        var events = till.Do(new Start("1.0", "X"));
        Assert.IsType<DeviceStarted>(Assert.Single(events));
    }

    [Fact]
    public void A_lost_state_is_a_lock_with_a_way_out_by_the_provider()
    {
        var lost = new Till();
        lost.Do(new LoseState("LK00000000", "record 17 does not match its checksum"));

        Assert.Equal(Cause.StateUnknown, lost.TheLock().Cause);
        Assert.Equal([WayOut.ProviderRelease, WayOut.Replacement], lost.TheLock().WaysOut);
        Assert.Equal("locked", lost.Code(new SetUp("m", Till.Name("01"), Till.Passcode())));
        Assert.Equal("locked", lost.Wrong("x"));
        lost.Apply(lost.ReleaseOrder("LK00000000"));
        Assert.Null(lost.Code(new SetUp("m", Till.Name("01"), Till.Passcode())));
    }
}
