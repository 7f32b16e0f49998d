using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Terminals;

public sealed class EnrolmentTests
{
    private readonly Line line = new();

    public EnrolmentTests() => line.Do(new RegisterTerminal(Till.Id, "SN-0001", Line.Profile));

    private string? Enrol(string code = "c1", string key = "k1") =>
        line.Code(new EnrolTerminal(code, key, "01"));

    private void IssueCode(string code = "c1") =>
        line.Do(new IssueEnrolmentCode(code, line.Now.AddHours(1)));

    [Fact]
    public void A_serial_is_registered_once_and_nothing_happens_to_an_unknown_terminal()
    {
        Assert.Equal(
            "serial_exists",
            line.Code(new RegisterTerminal("x", "SN-0001", Line.Profile))
        );
        Assert.Equal("not_found", new Line().Code(new ChangeTerminal(Line.Profile)));
        line.Do(new ChangeTerminal(Line.Profile with { Model = "A77" }));
        Assert.Equal("A77", line.State.Profile?.Model);
    }

    [Fact]
    public void A_code_enrols_once()
    {
        IssueCode();
        Assert.Null(Enrol());
        Assert.Equal((1, true), (line.State.Epoch, line.State.IsEnrolled));
        Assert.Equal("enrolment_code_gone", Enrol(key: "k2"));
        Assert.Equal(RefusalKind.Gone, line.Refusal?.Kind);
    }

    [Fact]
    public void The_same_code_with_the_same_key_is_a_repeat_and_nothing_else_is()
    {
        IssueCode();
        Assert.False(Enrolment.IsRepeat(line.State, "c1", "k1"));
        Enrol();
        Assert.True(Enrolment.IsRepeat(line.State, "c1", "k1"));
        Assert.False(Enrolment.IsRepeat(line.State, "c1", "k2"));
        Assert.False(Enrolment.IsRepeat(line.State, "c2", "k1"));
        line.Do(new RevokeTerminal("stolen"));
        Assert.False(Enrolment.IsRepeat(line.State, "c1", "k1"));
    }

    [Fact]
    public void A_wrong_a_replaced_an_expired_and_a_missing_code_enrol_nothing()
    {
        Assert.Equal("enrolment_code_gone", Enrol());
        IssueCode();
        Assert.Equal("enrolment_code_gone", Enrol("c2"));
        IssueCode("c3");
        Assert.Equal("enrolment_code_gone", Enrol());
        line.Till.Pass(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(1));
        Assert.Equal("enrolment_code_gone", Enrol("c3"));
        Assert.False(line.State.IsEnrolled);
    }

    [Fact]
    public void A_revoked_terminal_renews_nothing_and_needs_a_new_code()
    {
        Assert.Equal("revoked", line.Code(new RenewCertificate("k", "02")));
        IssueCode();
        Enrol();
        line.Do(new RenewCertificate("k2", "02"));
        Assert.Equal(("k2", "02"), (line.State.KeyHash, line.State.CertificateSerial));
        IssueCode("c2");
        line.Do(new RevokeTerminal("stolen"));
        Assert.Equal("already_revoked", line.Code(new RevokeTerminal("stolen")));
        Assert.Equal("revoked", line.Code(new RenewCertificate("k3", "03")));
        Assert.Equal("enrolment_code_gone", Enrol("c2"));
        IssueCode("c3");
        Assert.Null(Enrol("c3"));
        Assert.Equal((2, true), (line.State.Epoch, line.State.IsEnrolled));
    }

    [Fact]
    public void Locks_ordered_before_the_first_enrolment_go_out_with_it()
    {
        line.Lock("S000000001");
        Assert.Empty(line.State.OpenOrders);
        IssueCode();
        Enrol();
        var open = Assert.Single(line.State.OpenOrders);
        Assert.Equal((1, OrderKind.Lock, "S000000001"), (open.Number, open.Kind, open.LockId));
        Assert.Null(open.ExpiresAt);
    }

    [Fact]
    public void A_lock_released_before_the_first_enrolment_is_gone_and_stays_so()
    {
        line.Lock("S000000001");
        Assert.Null(line.Release("S000000001"));
        Assert.Empty(line.State.Locks);
        IssueCode();
        Enrol();
        Assert.Empty(line.State.Locks);
        Assert.Empty(line.State.OpenOrders);
    }

    [Fact]
    public void Numbers_of_orders_and_events_begin_anew_with_an_epoch()
    {
        var other = Line.Enrolled();
        other.Lock("S000000001");
        other.Sync();
        Assert.True(other.State.ReportedSeq > 1);
        other.Enrol();
        Assert.Equal((1, 0), (other.State.LastOrder, other.State.ReportedSeq));
        other.Staff();
        other.Sync();
        Assert.Equal(LockStatus.Confirmed, other.The("S000000001").Status);
    }

    [Fact]
    public void A_replacement_inherits_the_locks_but_not_the_pauses_and_waits_of_the_old_terminal()
    {
        var other = Line.Enrolled();
        other.Lock("S000000001", Cause.NetworkAnomaly);
        other.Till.Wrong("stranger", 5);
        other.Till.Wrong(Till.Manager, 5);
        other.Till.Wrong(Till.Cashier, 5);
        other.Sync();
        Assert.Equal(4, other.State.Locks.Count);

        other.Enrol();

        Assert.Equal(2, other.State.Locks.Count);
        Assert.All(other.State.ActiveLocks, l => Assert.Equal(LockOwner.Server, l.Owner));
        var inherited = other.State.ActiveLocks.Single(l => l.Cause == Cause.WrongPassword);
        Assert.Equal([WayOut.PasswordReset, WayOut.OfflineCode, WayOut.Passkey], inherited.WaysOut);
        Assert.Null(inherited.ExpectedEnd);
        other.Sync();
        Assert.Equal(2, other.Till.State.Locks.Count);
        Assert.All(other.State.ActiveLocks, l => Assert.Equal(LockStatus.Confirmed, l.Status));
        Assert.Null(other.Code(new OrderPasscodeReset(inherited.Id, "desk", "proven", "case")));
        other.Sync();
        Assert.Single(other.State.Locks);
    }

    [Fact]
    public void What_was_decided_to_be_released_is_not_put_up_again()
    {
        var other = Line.Enrolled();
        other.Lock("S000000001");
        other.Sync();
        other.Release("S000000001");
        other.Enrol();
        Assert.Empty(other.State.Locks);
    }
}
