using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Terminals;

/// <summary>Taking a terminal's own events.</summary>
public sealed class ReportTests
{
    private readonly Line line = Line.Enrolled();

    private Report Batch(params TerminalReported[] events) =>
        new(events, line.KnownHash, "B000000001");

    private TerminalReported[] Three()
    {
        line.Till.Wrong(Till.Cashier, 2);
        return [.. line.NewEvents()];
    }

    [Fact]
    public void A_batch_moves_the_acknowledged_number_and_hash()
    {
        var before = line.State.ReportedSeq;
        var events = Three();
        Assert.Null(line.Code(Batch(events)));
        Assert.Equal(
            (before + 4, events[^1].Hash),
            (line.State.ReportedSeq, line.State.ReportedHash)
        );
        Assert.Equal(4, line.Log.OfType<TerminalReported>().TakeLast(4).Count());
    }

    [Fact]
    public void A_repeat_is_harmless_and_an_overlapping_batch_takes_what_is_new()
    {
        var events = Three();
        line.Do(Batch(events[..2]));
        Assert.Empty(line.Do(Batch(events[..2])));
        Assert.Equal(2, line.Do(Batch(events)).Count);
        Assert.Null(line.Refusal);
        Assert.Empty(line.Do(Batch()));
    }

    [Fact]
    public void A_repeat_of_a_number_whose_hash_is_not_known_any_more_is_harmless()
    {
        var events = Three();
        line.Do(Batch(events));
        Assert.Empty(line.Do(new Report(events, _ => null, "B000000001")));
        Assert.Null(line.Refusal);
    }

    [Fact]
    public void A_gap_is_asked_for_and_what_came_before_it_is_kept()
    {
        var events = Three();
        Assert.Equal("gap", line.Code(Batch(events[1])));
        Assert.Single(line.Do(Batch(events[0], events[2])));
        Assert.Equal("gap", line.Refusal?.Code);
        Assert.Contains($"event {events[1].Seq} ", line.Refusal?.Detail, StringComparison.Ordinal);
        Assert.Null(line.Code(Batch(events)));
    }

    [Fact]
    public void A_repeat_with_another_content_is_a_fork_and_locks_the_terminal()
    {
        var events = Three();
        line.Do(Batch(events));
        var other = Line.Uplink(new AttemptFailed("x"), events[1].Seq, events[1].Prev);
        Assert.Equal("fork", line.Code(Batch(other)));
        Assert.Equal(Cause.Binding, line.The("B000000001").Cause);
        Assert.Equal(OrderKind.Lock, Assert.Single(line.State.OpenOrders).Kind);
        Assert.Equal(events[^1].Hash, line.State.ReportedHash);
    }

    [Fact]
    public void A_new_event_on_another_history_is_a_fork()
    {
        var events = Three();
        var other = Line.Uplink(new AttemptFailed("x"), events[0].Seq, new string('a', 64));
        Assert.Equal("fork", line.Code(Batch(other)));
        Assert.Equal(
            new ForkFound(other.Seq, line.State.ReportedHash, other.Prev),
            line.Log.OfType<ForkFound>().Single()
        );
    }

    [Fact]
    public void The_same_contradiction_again_raises_no_second_alarm_and_another_no_second_lock()
    {
        var events = Three();
        line.Do(Batch(events));
        var one = Line.Uplink(new AttemptFailed("x"), events[1].Seq, events[1].Prev);
        var two = Line.Uplink(new AttemptFailed("y"), events[1].Seq, events[1].Prev);
        line.Do(Batch(one));
        Assert.Empty(line.Do(Batch(one)));
        Assert.Equal("fork", line.Refusal?.Code);
        Assert.IsType<ForkFound>(Assert.Single(line.Do(Batch(two))));
        Assert.Single(line.State.Locks);
    }

    [Fact]
    public void The_terminals_own_locks_are_mirrored_from_begin_to_end()
    {
        line.Till.Wrong(Till.Cashier, 5);
        line.Sync();
        var mirrored = Assert.Single(line.State.ActiveLocks);
        Assert.Equal(line.Till.TheLock(), mirrored);
        line.Till.Pass(TimeSpan.FromMinutes(30));
        line.Till.Do(new Tick());
        line.Sync();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void An_event_that_this_version_does_not_know_is_recorded_and_folded_around()
    {
        var event1 = Three()[0] with { Type = "lock.painted.v7" };
        Assert.Null(line.Code(Batch(event1)));
        Assert.Equal(event1.Seq, line.State.ReportedSeq);
    }

    [Fact]
    public void A_terminal_that_says_a_lock_ended_by_a_way_it_never_had_is_not_believed()
    {
        line.Lock("S000000001");
        line.Lock("S000000002", Cause.Tamper);
        line.Sync();
        line.Claim(new LockEnded("S000000001", WayOut.Wait, line.Till.Clock));
        line.Claim(new LockEnded("S000000002", WayOut.Repair, line.Till.Clock));
        line.Claim(new LockEnded("S000000009", WayOut.Wait, line.Till.Clock));
        Assert.Equal(2, line.State.Locks.Count);
        line.Do(new ReadOutCode("S000000001"));
        line.Claim(new LockEnded("S000000001", WayOut.OfflineCode, line.Till.Clock));
        Assert.Equal(["S000000002"], line.State.Locks.Keys);
    }

    [Fact]
    public void A_terminal_that_never_confirmed_a_lock_cannot_report_its_end()
    {
        line.Lock("S000000001");
        line.Do(new ReadOutCode("S000000001"));
        line.Claim(new LockEnded("S000000001", WayOut.OfflineCode, line.Till.Clock));
        Assert.Equal(LockStatus.Pending, line.The("S000000001").Status);
    }

    [Fact]
    public void A_terminal_cannot_invent_a_lock_of_the_server()
    {
        line.Lock("S000000001");
        line.Sync();
        line.Claim(
            new LockBegun(line.The("S000000001") with { Id = "S000000002" }, line.Till.Clock)
        );
        Assert.Equal(["S000000001"], line.State.Locks.Keys);
    }

    [Fact]
    public void After_a_loss_of_state_the_standing_locks_are_ordered_again()
    {
        line.Lock("S000000001");
        line.Lock("S000000002");
        line.Till.Wrong("stranger", 5);
        line.Sync();
        line.Release("S000000002");

        line.LoseState("T000000001");

        Assert.Equal(["S000000001", "T000000001"], line.State.Locks.Keys);
        Assert.Equal(LockStatus.Pending, line.The("S000000001").Status);
        Assert.Equal(LockOwner.Terminal, line.The("T000000001").Owner);
        line.Sync();
        Assert.Equal(["S000000001", "T000000001"], line.State.Locks.Keys);
        Assert.Equal(["S000000001", "T000000001"], line.Till.State.Locks.Keys);
        Assert.Equal(LockStatus.Confirmed, line.The("S000000001").Status);
        Assert.Equal("second_person_required", line.Release("T000000001", "anna"));
        Assert.Null(line.Release("T000000001", "boris"));
        line.Sync();
        Assert.Equal(["S000000001"], line.Till.State.Locks.Keys);
    }

    [Fact]
    public void An_old_lock_met_again_after_a_loss_of_state_is_released_anew()
    {
        line.Lock("S000000001");
        line.Lock("S000000002", Cause.OfflineTooLong);
        line.Sync();
        line.Release("S000000001");
        line.Sync();
        Assert.Equal(["S000000002"], line.State.Locks.Keys);
        line.Till.Pass(TimeSpan.FromDays(30));

        line.LoseState("T000000001");
        line.Till.Pass(TimeSpan.FromDays(30));
        line.Sync();
        line.Sync();

        Assert.Equal(line.State.Locks.Keys, line.Till.State.Locks.Keys);
        Assert.DoesNotContain("S000000001", line.Till.State.Locks.Keys);
    }

    [Fact]
    public void A_terminal_that_loses_its_state_twice_leaves_no_lock_that_nothing_can_end()
    {
        line.LoseState("T000000001");
        line.LoseState("T000000002");
        Assert.Equal(["T000000001", "T000000002"], line.State.Locks.Keys);
        foreach (var id in (string[])["T000000001", "T000000002"])
        {
            line.Release(id, "anna");
            Assert.Null(line.Release(id, "boris"));
        }
        line.Sync();
        Assert.Empty(line.State.Locks);
        Assert.Empty(line.Till.State.Locks);
    }
}
