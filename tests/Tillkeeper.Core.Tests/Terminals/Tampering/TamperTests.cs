using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Tampering;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Terminals.Tampering;

namespace Tillkeeper.Core.Tests.Terminals.Tampering;

/// <summary>Invariant 9, from the secure processor's word to the next enrolment.</summary>
public sealed class TamperTests
{
    private readonly Line line = Line.Enrolled();

    [Fact]
    public void A_terminal_that_says_so_is_locked_by_itself_and_loses_its_certificate()
    {
        Tamper();
        var standing = Assert.Single(line.State.ActiveLocks);
        Assert.Equal((Cause.Tamper, LockOwner.Terminal), (standing.Cause, standing.Owner));
        Assert.Equal("secure-processor: mesh", standing.Evidence.Reason);
        Assert.True(line.State.Revoked);
        Assert.True(line.State.IsTampered);
        Assert.Equal("tamper", Assert.Single(line.Log.OfType<TerminalRevoked>()).Reason);
    }

    [Fact]
    public void Said_a_thousand_times_it_is_one_lock_and_one_revocation()
    {
        for (var i = 0; i < 1000; i++)
        {
            line.Till.Do(new Tampered("secure-processor", "7T0000000A"));
        }
        line.Report();
        Assert.Single(line.State.Locks);
        Assert.Single(line.Log.OfType<TerminalRevoked>());
    }

    [Fact]
    public void Ordered_by_hand_it_takes_the_certificate_once_the_terminal_has_confirmed()
    {
        line.Lock("S000000001", Cause.Tamper);
        Assert.False(line.State.Revoked);
        line.Sync();
        Assert.True(line.State.Revoked);
        Assert.Equal(Cause.Tamper, line.Till.TheLock().Cause);
    }

    [Fact]
    public void Nobody_enrols_it_again_before_two_people_have_vouched_for_its_repair()
    {
        Tamper();
        Assert.Equal("tampered", line.Code(new IssueEnrolmentCode("code", line.Now.AddDays(1))));
        Assert.Equal("second_person_required", Repair("anna"));
        Assert.Equal("tampered", line.Code(new IssueEnrolmentCode("code", line.Now.AddDays(1))));
        Assert.Equal("second_person_required", Repair("anna"));
        Assert.Single(line.Log.OfType<TamperRepairRequested>());
        Assert.Null(Repair("boris"));
        Assert.Equal(["anna", "boris"], line.Log.OfType<TamperRepaired>().Single().People);
        Assert.Equal("not_tampered", Repair("clara"));

        // Nothing goes out to the terminal: what stands in its old folder stands for ever.
        Assert.DoesNotContain(line.State.OpenOrders, o => o.Kind == OrderKind.Release);
        Assert.Equal(Cause.Tamper, line.Till.TheLock().Cause);
        line.Enrol();
        line.Sync();
        Assert.Empty(line.State.Locks);
        Assert.False(line.State.IsTampered);
        Assert.False(line.State.Revoked);
        Assert.Empty(line.Till.State.Locks);
    }

    [Fact]
    public void A_code_that_was_out_before_enrols_nobody()
    {
        line.Do(new IssueEnrolmentCode("code", line.Now.AddDays(1)));
        line.Lock("S000000001", Cause.Tamper);
        Assert.Equal("tampered", line.Code(new EnrolTerminal("code", "key", "01")));
        line.Sync();
        Assert.Equal("enrolment_code_gone", line.Code(new EnrolTerminal("code", "key", "01")));
    }

    [Fact]
    public void What_happens_after_the_first_word_makes_it_worthless()
    {
        Tamper();
        Repair("anna");
        line.Till.Pass(TimeSpan.FromHours(1));
        line.Lock("S000000001", Cause.Tamper);
        Assert.Equal("second_person_required", Repair("boris"));
        Assert.Null(Repair("anna"));
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void Keys_are_loaded_after_the_tampering_and_before_now(int minutes)
    {
        Tamper();
        line.Till.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("invalid", Repair("anna", minutes));
        Assert.Equal("keysLoadedAt", line.Refusal!.Field);
    }

    [Fact]
    public void A_terminal_whose_clock_was_wrong_can_be_repaired()
    {
        line.Claim(
            new LockBegun(
                new Lock
                {
                    Id = "7T0000000A",
                    Cause = Cause.Tamper,
                    Subject = Subject.Terminal,
                    Scope = LockTable.Of(Cause.Tamper).Scope,
                    Owner = LockOwner.Terminal,
                    Status = LockStatus.Confirmed,
                    Since = line.Now.AddYears(10),
                    WaysOut = LockTable.Of(Cause.Tamper).WaysOut,
                },
                line.Till.Clock
            )
        );
        Assert.Equal("second_person_required", Repair("anna"));
        Assert.Null(Repair("boris"));
    }

    [Fact]
    public void No_way_out_of_any_other_lock_ends_it()
    {
        Tamper();
        var id = line.Till.TheLock().Id;
        foreach (var way in Enum.GetValues<WayOut>())
        {
            Assert.Contains(
                line.Release(id, "anna", way),
                new[]
                {
                    "way_out_not_available",
                    "tamper_repair_required",
                    "second_person_required",
                }
            );
            line.Till.Do(
                new ApplyOrder(
                    new Order
                    {
                        Terminal = Device.Till.Id,
                        Epoch = line.Till.State.Epoch,
                        Number = line.Till.State.LastOrder + 1,
                        Kind = OrderKind.Release,
                        IssuedAt = line.Now,
                        LockId = id,
                        WayOut = way,
                    }
                )
            );
            line.Claim(new LockEnded(id, way, line.Till.Clock));
        }
        Assert.Equal("way_out_not_available", line.Till.Code(new BeginCode(id)));
        line.Till.Do(new Clear(Core.Rules.RuleName.Hardware));
        line.Till.Pass(TimeSpan.FromDays(400));
        line.Till.Do(new Tick());
        Assert.Equal(Cause.Tamper, line.Till.TheLock().Cause);
        Assert.True(line.State.IsTampered);
    }

    [Fact]
    public void An_identity_that_is_over_locks_the_old_folder_once()
    {
        line.Till.Do(new EndIdentity("7T0000000A", "terminal_revoked"));
        line.Till.Do(new EndIdentity("7T0000000B", "epoch_over"));
        var standing = line.Till.TheLock();
        Assert.Equal((Cause.Binding, "7T0000000A"), (standing.Cause, standing.Id));
        Assert.False(Verdict.Of(line.Till.State.ActiveLocks, Capability.CardPayment).Allow);
    }

    private void Tamper()
    {
        line.Till.Do(new Tampered("secure-processor", "7T0000000A", "mesh"));
        line.Report();
    }

    private string? Repair(string person, int minutes = 0) =>
        line.Code(
            new RepairTamper(person, "opened, mesh replaced", line.Now.AddMinutes(minutes), "fell")
        );
}
