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
    public void A_set_up_that_was_cut_in_the_middle_can_be_repeated()
    {
        var fresh = new Till();
        var setUp = new SetUp(Till.Manager, Till.Name("01"), Till.Passcode());
        var first = DeviceDecisions.Decide(fresh.State, setUp, fresh.Now).Events[0];
        fresh.State = DeviceFold.Apply(fresh.State, first);
        Assert.Null(fresh.Code(setUp));
        Assert.NotNull(fresh.State.Operators[Till.Manager].Current);
    }

    [Fact]
    public void However_little_of_a_lost_state_is_written_a_lock_is()
    {
        var lost = new Till().Do(new LoseState("LK00000000", "unreadable"));
        Assert.IsType<LockBegun>(lost[0]);
    }

    [Fact]
    public void An_order_whose_effect_was_written_without_its_number_takes_its_turn_again()
    {
        till.Wrong(Till.Cashier, 5);
        var orders = (Core.Orders.Order[])
            [
                till.LockOrder("S000000001"),
                till.ResetOrder(till.PauseOf(Till.Cashier).Id),
                till.Next("policy") with
                {
                    Policy = new() { Version = 9 },
                },
            ];
        foreach (var order in orders)
        {
            var again = order with { Number = till.State.LastOrder + 1 };
            var cut = DeviceDecisions.Decide(till.State, new ApplyOrder(again), till.Now).Events;
            Assert.Equal(2, cut.Length);
            till.State = DeviceFold.Apply(till.State, cut[0]);
            till.PowerCut();
            Assert.IsType<OrderApplied>(Assert.Single(till.Do(new ApplyOrder(again))));
        }
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
