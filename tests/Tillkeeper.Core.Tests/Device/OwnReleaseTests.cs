using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>G1, W2: what the shop's owner may end is what the policy in force says when the lock begins.</summary>
public sealed class OwnReleaseTests
{
    private static Policy With(OwnReleaseRule rule) => Policy.Default with { OwnRelease = rule };

    [Fact]
    public void A_pause_offers_the_ways_of_its_owner_that_the_policy_names()
    {
        var none = Till.Staffed(With(new() { Passkey = [], PhoneCode = [] }));
        none.Wrong(Till.Cashier, 5);
        Assert.DoesNotContain(WayOut.Passkey, none.TheLock().WaysOut);
        Assert.DoesNotContain(WayOut.BankApproval, none.TheLock().WaysOut);

        var bank = Till.Staffed(With(new() { Passkey = [], BankApproval = [Cause.WrongPassword] }));
        bank.Wrong(Till.Cashier, 5);
        Assert.Contains(WayOut.BankApproval, bank.TheLock().WaysOut);
        // The code to the phone on file is the owner's word as well.
        Assert.Contains(WayOut.Passkey, bank.TheLock().WaysOut);
    }

    [Fact]
    public void A_pause_that_only_a_reset_ends_does_not_end_by_the_owners_word()
    {
        var till = Till.Staffed(With(new() { BankApproval = [Cause.WrongPassword] }));
        till.Wrong(Till.Cashier, 5);
        till.Apply(Release(till, WayOut.Passkey));
        Assert.Empty(till.State.Locks);
        till.Wrong(Till.Cashier, 5);

        Assert.Equal([WayOut.PasswordReset, WayOut.OfflineCode], till.TheLock().WaysOut);
        till.Apply(Release(till, WayOut.BankApproval));
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void An_owner_never_wins_more_guesses_than_a_reset_is_asked_for()
    {
        var till = Till.Staffed();
        var guesses = 0;
        for (var round = 0; round < 40 && till.State.PauseOf(Till.Cashier) is null; round++)
        {
            guesses += till.Wrong(Till.Cashier) is null ? 1 : 0;
            if (till.State.PauseOf(Till.Cashier)?.Lock.WaysOut.Contains(WayOut.Passkey) == true)
            {
                till.Apply(Release(till, WayOut.Passkey));
            }
        }
        Assert.Equal(Policy.Default.WrongPassword.ResetAfter, guesses);
    }

    [Theory]
    [InlineData(Cause.Tamper)]
    [InlineData(Cause.Remote)]
    [InlineData(Cause.Away)]
    [InlineData(Cause.LocationAnomaly)]
    [InlineData(Cause.Binding)]
    [InlineData(Cause.StateUnknown)]
    [InlineData(Cause.Anomaly)]
    public void No_policy_gives_an_owner_what_needs_a_second_look(Cause cause)
    {
        Assert.Equal(
            "ownRelease.passkey",
            PolicyLimits.Check(With(new() { Passkey = [cause] }))?.Field
        );
        Assert.Equal(
            "ownRelease.bankApproval",
            PolicyLimits.Check(With(new() { BankApproval = [Cause.WrongPassword, cause] }))?.Field
        );
        Assert.Equal(
            "ownRelease.phoneCode",
            PolicyLimits.Check(With(new() { PhoneCode = [cause] }))?.Field
        );
    }

    private static Order Release(Till till, WayOut way) =>
        till.ReleaseOrder(till.TheLock().Id, way);
}
