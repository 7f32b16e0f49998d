using Tillkeeper.Core.Device;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>Who is an operator, and who may set a passcode.</summary>
public sealed class PasscodeTests
{
    private readonly Till till = Till.Staffed();

    private string? Set(string id, bool ownerProven = false) =>
        till.Code(new SetPasscode(id, Till.Passcode(), ownerProven));

    [Fact]
    public void A_terminal_is_set_up_once()
    {
        Assert.True(till.State.IsSetUp);
        Assert.Equal("already_set_up", till.Code(new SetUp("x", Till.Name("09"), Till.Passcode())));
    }

    [Fact]
    public void Nobody_makes_himself_manager_of_a_locked_terminal()
    {
        var fresh = new Till();
        fresh.Apply(fresh.LockOrder("S000000001"));
        Assert.Equal("locked", fresh.Code(new SetUp("m", Till.Name("01"), Till.Passcode())));
        fresh.Apply(fresh.ReleaseOrder("S000000001"));
        Assert.Null(fresh.Code(new SetUp("m", Till.Name("01"), Till.Passcode())));
    }

    [Fact]
    public void A_new_operator_sets_the_first_passcode_and_nobody_else_does()
    {
        till.Do(new AddOperator("c9", OperatorRole.Cashier, Till.Name("09")));
        Assert.Equal(till.State.Operators["c9"], till.State.ByName("09"));
        Assert.Equal("not_granted", Set(Till.Cashier));
        Assert.Equal("not_granted", Set("nobody"));
        Assert.Null(Set("c9"));
        Assert.Equal(PasscodeOrigin.FirstUse, till.Journal.OfType<PasscodeSet>().Last().Origin);
        Assert.Equal("not_granted", Set("c9"));
    }

    [Fact]
    public void The_owner_changes_the_passcode_with_the_current_one()
    {
        Assert.Null(Set(Till.Cashier, ownerProven: true));
        Assert.Equal(PasscodeOrigin.Owner, till.Journal.OfType<PasscodeSet>().Last().Origin);
    }

    [Fact]
    public void A_grant_ends_after_24_hours()
    {
        till.Do(new AddOperator("c9", OperatorRole.Cashier, Till.Name("09")));
        till.Pass(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Null(PasscodeDecisions.MaySet(till.State, "c9", false, till.Now).Refusal);
        till.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("not_granted", Set("c9"));
        till.Do(new AddOperator("c9", OperatorRole.Cashier, Till.Name("09")));
        Assert.Null(Set("c9"));
    }

    [Fact]
    public void Switching_off_and_on_keeps_no_grant_alive()
    {
        till.HearsNothing();
        till.Do(new AddOperator("c9", OperatorRole.Cashier, Till.Name("09")));
        for (var i = 0; i < 10; i++)
        {
            till.Pass(TimeSpan.FromHours(3));
            till.Do(new BookTime());
            till.PowerCut(TimeSpan.FromHours(1));
        }
        Assert.Equal("not_granted", Set("c9"));
    }

    [Fact]
    public void A_grant_ends_with_the_night_that_the_server_proves()
    {
        till.Do(new AddOperator("c9", OperatorRole.Cashier, Till.Name("09")));
        till.PowerCut(TimeSpan.FromHours(24), hears: true);
        Assert.Equal("not_granted", Set("c9"));
    }

    [Fact]
    public void A_name_that_is_taken_is_refused() =>
        Assert.Equal(
            "operator_exists",
            till.Code(new AddOperator(Till.Cashier, OperatorRole.Manager, Till.Name("02")))
        );

    [Fact]
    public void Adding_again_an_operator_without_a_passcode_forgives_nothing()
    {
        till.Wrong(Till.Cashier, 5);
        till.Apply(till.ResetOrder(till.TheLock().Id));
        till.Wrong(Till.Cashier, 3);
        till.Do(new AddOperator(Till.Cashier, OperatorRole.Cashier, Till.Name("02")));
        Assert.Equal(3, till.State.FailuresOf(Till.Cashier));
        Assert.Null(till.State.Operators[Till.Cashier].Current);
        Assert.Single(till.State.Operators[Till.Cashier].Verifiers);
    }

    [Fact]
    public void As_many_passcodes_are_remembered_as_the_policy_says()
    {
        for (var i = 0; i < 10; i++)
        {
            Set(Till.Cashier, ownerProven: true);
        }
        Assert.Equal(4, till.State.Operators[Till.Cashier].Verifiers.Length);
        var forgetful = Till.Staffed(new Policy { Passcode = new() { History = 0 } });
        Assert.Single(forgetful.State.Operators[Till.Cashier].Verifiers);
    }

    [Fact]
    public void An_event_that_lost_its_secret_is_not_folded_around()
    {
        Assert.Throws<InvalidOperationException>(() =>
            DeviceFold.Apply(till.State, new PasscodeSet(Till.Cashier, PasscodeOrigin.Owner, "h"))
        );
        Assert.Throws<InvalidOperationException>(() =>
            DeviceFold.Apply(
                till.State,
                new OperatorAdded("x", OperatorRole.Cashier, "h", till.Clock)
            )
        );
    }

    [Fact]
    public void The_reported_part_of_an_event_holds_the_hash_and_not_the_secret()
    {
        var set = till.Journal.OfType<PasscodeSet>().Last();
        var json = System.Text.Encoding.UTF8.GetString(
            Core.Serialization.EventCatalogue.Device.Write(set)
        );
        Assert.DoesNotContain("verifier", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret\"", json, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Secrets.HashOf(set.Secret!), set.SecretHash);
        Assert.Equal(
            Secrets.HashOf(Secrets.FromBytes(Secrets.ToBytes(set.Secret!))!),
            set.SecretHash
        );
    }
}
