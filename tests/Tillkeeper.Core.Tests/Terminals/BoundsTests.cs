using System.Globalization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Tests.Terminals;

/// <summary>What a terminal reports, and what waits for it, does not grow without end.</summary>
public sealed class BoundsTests
{
    private readonly Line line = Line.Enrolled();

    private Lock Own(string id, string? onOperator = null) =>
        new()
        {
            Id = id,
            Cause = Cause.WrongPassword,
            Subject = onOperator is null ? Subject.Terminal : Subject.OfOperator(onOperator),
            Scope = LockTable.Of(Cause.WrongPassword).Scope,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = line.Now,
            WaysOut = LockTable.Of(Cause.WrongPassword).WaysOut,
        };

    private void Begin(Lock raised) =>
        line.Till.Journal.Add(new LockBegun(raised, line.Till.Clock));

    [Fact]
    public void A_terminal_that_reports_locks_without_end_stays_locked_and_small()
    {
        for (var i = 0; i < 100; i++)
        {
            Begin(Own(string.Create(CultureInfo.InvariantCulture, $"T{i:D9}")));
        }
        line.Report();
        Assert.Equal(TerminalState.MostMirrored, line.State.Locks.Count);
        Assert.False(Verdict.Of(line.State.ActiveLocks, Capability.CardPayment).Allow);
    }

    [Fact]
    public void Paused_operators_keep_out_no_lock_of_the_terminal()
    {
        for (var i = 0; i < 100; i++)
        {
            Begin(Own(string.Create(CultureInfo.InvariantCulture, $"T{i:D9}"), $"op-{i}"));
        }
        Begin(Own("V000000001"));
        line.Report();
        Assert.Equal(TerminalState.MostMirrored + 1, line.State.Locks.Count);
        Assert.Equal(Subject.Terminal, line.The("V000000001").Subject);
    }

    [Theory]
    [InlineData("")]
    [InlineData("T00000001")]
    [InlineData("T0000000010")]
    [InlineData("../../../x")]
    [InlineData("t000000001")]
    public void A_lock_whose_id_is_none_is_not_mirrored(string id)
    {
        line.Claim(new LockBegun(Own(id), line.Till.Clock));
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void Long_texts_are_cut_and_never_within_a_character()
    {
        var tooLong = new string('x', 5_000);
        var raised = Own("T000000001", tooLong) with
        {
            Message = new string('x', ReportedText.Longest - 1) + "\U0001F512",
            Evidence = new Evidence(tooLong, 5, tooLong),
        };
        line.Claim(new LockBegun(raised, line.Till.Clock));
        var mirrored = line.The("T000000001");
        var cut = tooLong[..ReportedText.Longest];
        Assert.Equal(tooLong[..(ReportedText.Longest - 1)], mirrored.Message);
        Assert.Equal(new Evidence(cut, 5, cut), mirrored.Evidence);
        Assert.Equal(Subject.OfOperator(cut), mirrored.Subject);
    }

    [Fact]
    public void A_thousand_orders_wait_for_a_terminal_and_another_one_is_refused_until_it_takes_some()
    {
        line.Lock("S000000001");
        var full = line.State with
        {
            OpenOrders =
            [
                .. Enumerable
                    .Range(1, TerminalState.MostOpenOrders)
                    .Select(n => new OpenOrder(n, "policy", line.Now)),
            ],
        };
        ITerminalCommand[] commands =
        [
            new OrderLock("S000000002", Cause.Remote, null, "because", null, null),
            new OrderRelease("S000000001", WayOut.ProviderRelease, "risk", "settled"),
            new OrderPasscodeReset("T000000001", "desk", "proven", "case1"),
            new OrderPolicy(new Policy { Version = 2 }),
            new OrderKeySet("set"),
        ];
        Assert.All(
            commands,
            c =>
            {
                var decision = TerminalDecisions.Decide(full, c, line.Now);
                Assert.Equal("too_many_orders", decision.Refusal?.Code);
                Assert.Empty(decision.Events);
            }
        );
        var less = full with { OpenOrders = full.OpenOrders.RemoveAt(0) };
        Assert.All(commands, c => Assert.Null(TerminalDecisions.Decide(less, c, line.Now).Refusal));
    }

    [Fact]
    public void Codes_for_locks_that_never_come_are_forgotten_in_the_end()
    {
        for (var i = 0; i < 100; i++)
        {
            line.Do(new ReadOutCode(string.Create(CultureInfo.InvariantCulture, $"T{i:D9}")));
        }
        line.Do(new ReadOutCode("T000000099"));
        Assert.Equal(TerminalState.Remembered, line.State.CodesOut.Count);
        Assert.Equal("T000000099", line.State.CodesOut[^1]);
    }
}
