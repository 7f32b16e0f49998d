using Tillkeeper.Core.Locks;
using static Tillkeeper.Core.Locks.LockStatus;

namespace Tillkeeper.Core.Tests.Locks;

public sealed class LockTableTests
{
    [Fact]
    public void Every_cause_has_its_rule_at_its_place_and_a_code_of_its_own()
    {
        var causes = Enum.GetValues<Cause>();
        Assert.Equal(causes, LockTable.All.Select(r => r.Cause));
        Assert.All(causes, c => Assert.Equal(c, LockTable.Of(c).Cause));
        Assert.Equal(causes.Length, LockTable.All.Select(r => r.Code).Distinct().Count());
        Assert.Equal(causes.Select((_, i) => $"E{i + 1:D2}"), LockTable.All.Select(r => r.Code));
    }

    [Fact]
    public void Every_cause_has_a_way_out() =>
        Assert.All(LockTable.All, r => Assert.False(r.WaysOut.IsEmpty, r.Code));

    [Fact]
    public void The_manual_ledger_is_never_blocked() =>
        Assert.All(LockTable.All, r => Assert.DoesNotContain(Capability.ManualLedger, r.Scope));

    [Theory]
    [InlineData(Cause.WrongPassword)]
    [InlineData(Cause.Remote)]
    [InlineData(Cause.Anomaly)]
    [InlineData(Cause.Tamper)]
    [InlineData(Cause.Binding)]
    [InlineData(Cause.StateUnknown)]
    public void The_grave_causes_block_all_but_the_manual_ledger(Cause cause) =>
        Assert.Equal(
            Enum.GetValues<Capability>().Except([Capability.ManualLedger]),
            LockTable.Of(cause).Scope
        );

    [Fact]
    public void Away_blocks_all_but_signing_in_and_the_manual_ledger() =>
        Assert.Equal(
            Enum.GetValues<Capability>().Except([Capability.ManualLedger, Capability.SignIn]),
            LockTable.Of(Cause.Away).Scope
        );

    [Fact]
    public void A_lock_that_forbids_signing_in_never_asks_for_a_sign_in_as_its_only_way_out() =>
        Assert.All(
            LockTable.All.Where(r => r.Scope.Contains(Capability.SignIn)),
            r => Assert.NotEmpty(r.WaysOut.Without(WayOut.SignIn).Without(WayOut.ManagerSignIn))
        );

    [Fact]
    public void Only_tampering_begins_in_the_middle_of_a_transaction() =>
        Assert.Equal([Cause.Tamper], LockTable.All.Where(r => r.AtOnce).Select(r => r.Cause));

    [Fact]
    public void No_order_releases_tampering()
    {
        Assert.All(
            Enum.GetValues<WayOut>(),
            way => Assert.False(LockTable.CanRelease(Cause.Tamper, way))
        );
        Assert.True(LockTable.CanRelease(Cause.Remote, WayOut.ProviderRelease));
        Assert.False(LockTable.CanRelease(Cause.WrongPassword, WayOut.Wait));
    }

    /// <summary>The whole table: whatever is not listed leaves the lock as it is.</summary>
    [Theory]
    [InlineData(Pending, AtTerminal, Confirmed)]
    [InlineData(Pending, Ordered, Releasing)]
    [InlineData(Pending, Ended, Pending)]
    [InlineData(Pending, Refused, Pending)]
    [InlineData(Confirmed, AtTerminal, Confirmed)]
    [InlineData(Confirmed, Ordered, Releasing)]
    [InlineData(Confirmed, Ended, null)]
    [InlineData(Confirmed, Refused, Confirmed)]
    [InlineData(Releasing, AtTerminal, Releasing)]
    [InlineData(Releasing, Ordered, Releasing)]
    [InlineData(Releasing, Ended, null)]
    [InlineData(Releasing, Refused, Confirmed)]
    public void A_lock_moves_as_the_table_says(
        LockStatus from,
        LockTable.Happening happening,
        LockStatus? to
    ) => Assert.Equal(to, LockTable.Next(from, happening));

    [Fact]
    public void The_table_above_is_complete() =>
        Assert.Equal(
            12,
            Enum.GetValues<LockStatus>().Length * Enum.GetValues<LockTable.Happening>().Length
        );

    private const LockTable.Happening AtTerminal = LockTable.Happening.Confirmed;
    private const LockTable.Happening Ordered = LockTable.Happening.ReleaseOrdered;
    private const LockTable.Happening Ended = LockTable.Happening.Released;
    private const LockTable.Happening Refused = LockTable.Happening.ReleaseRefused;
}
