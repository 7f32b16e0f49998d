using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Terminals;

/// <summary>Codes that were read out, and what the server believes of them.</summary>
public sealed class CodeReadOutTests
{
    private const string Id = "S000000001";
    private readonly Line line = Line.Enrolled();

    /// <summary>At the terminal, without the server: the challenge is shown and the right code typed.</summary>
    private void TypeCode(string lockId)
    {
        Assert.Null(line.Till.Code(new IssueChallenge(lockId, "N0NCE")));
        Assert.Null(line.Till.Code(new BeginCode(lockId)));
        Assert.Null(line.Till.Code(new EndCode(lockId, CodeEffect.Release)));
        Assert.DoesNotContain(lockId, line.Till.State.Locks.Keys);
    }

    [Fact]
    public void A_code_that_was_read_out_ends_a_lock_of_the_server()
    {
        line.Lock(Id);
        line.Sync();
        line.Do(new ReadOutCode(Id));
        Assert.Equal(LockStatus.Confirmed, line.The(Id).Status);
        TypeCode(Id);
        line.Report();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void A_code_for_one_lock_ends_no_other()
    {
        line.Lock(Id);
        line.Lock("S000000002");
        line.Sync();
        line.Do(new ReadOutCode("S000000002"));
        line.Claim(new LockEnded(Id, WayOut.OfflineCode, line.Till.Clock));
        line.Claim(new LockEnded("S000000002", WayOut.ProviderRelease, line.Till.Clock));
        Assert.Equal([Id, "S000000002"], line.State.Locks.Keys);
    }

    [Fact]
    public void A_lock_that_was_taken_and_ended_without_a_connection_ends_here_when_all_of_it_is_reported()
    {
        line.Lock(Id);
        foreach (var order in line.Waiting())
        {
            line.Till.Do(new ApplyOrder(order));
        }
        line.Do(new ReadOutCode(Id));
        TypeCode(Id);
        Assert.Equal(LockStatus.Pending, line.The(Id).Status);
        line.Report();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void A_code_for_a_lock_that_the_server_has_not_heard_of_counts_once_it_has()
    {
        line.Till.Wrong("stranger", 5);
        var id = line.Till.TheLock().Id;
        line.Do(new ReadOutCode(id));
        Assert.Equal([id], line.State.CodesOut);
        line.Report();
        Assert.True(line.State.Locks[id].CodeIssued);
        Assert.Empty(line.State.CodesOut);
        TypeCode(id);
        line.Report();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void Begin_and_end_of_a_lock_unknown_here_may_arrive_together_after_the_code()
    {
        line.Till.Wrong("stranger", 5);
        var id = line.Till.TheLock().Id;
        line.Do(new ReadOutCode(id));
        TypeCode(id);
        line.Report();
        Assert.Empty(line.State.Locks);
        Assert.Empty(line.State.CodesOut);
    }

    [Fact]
    public void An_old_lock_that_a_code_ended_is_released_anew_when_it_is_met_again()
    {
        line.Lock(Id);
        line.Sync();
        line.Do(new ReadOutCode(Id));
        TypeCode(Id);
        line.Report();
        line.LoseState("T000000001");
        line.Sync();
        Assert.Equal(LockStatus.Releasing, line.The(Id).Status);
        line.Sync();
        Assert.Equal(["T000000001"], line.State.Locks.Keys);
        Assert.Equal(["T000000001"], line.Till.State.Locks.Keys);
    }

    [Fact]
    public void A_release_for_an_old_lock_that_expires_on_its_way_goes_out_again()
    {
        line.Lock(Id);
        line.Sync();
        line.Release(Id);
        line.Sync();
        line.Till.Pass(Order.Validity * 2);
        line.LoseState("T000000001");
        line.Sync();
        line.Till.Pass(Order.Validity * 2);
        line.Sync();
        line.Sync();
        Assert.DoesNotContain(Id, line.Till.State.Locks.Keys);
        Assert.Equal(line.Till.State.Locks.Keys, line.State.Locks.Keys);
    }

    [Fact]
    public void A_code_of_the_old_epoch_ends_nothing_in_the_new_one()
    {
        line.Lock(Id);
        line.Sync();
        line.Do(new ReadOutCode(Id));
        line.Do(new ReadOutCode("T000000009"));
        line.Enrol();
        line.Staff();
        line.Sync();
        line.Claim(new LockEnded(Id, WayOut.OfflineCode, line.Till.Clock));
        Assert.Equal(LockStatus.Confirmed, line.The(Id).Status);
        Assert.Empty(line.State.CodesOut);
    }
}
