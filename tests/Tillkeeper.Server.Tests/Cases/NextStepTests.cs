using System.Globalization;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class NextStepTests
{
    [Fact]
    public void Somebody_acts_next_in_every_case_whatever_its_state_and_way_out()
    {
        var steps =
            from status in Enum.GetValues<CaseStatus>()
            from wayOut in Enum.GetValues<WayOut>()
            let state = new CaseState
            {
                Id = "1",
                Status = status,
                WayOut = wayOut,
                Result = "released",
            }
            select NextStep.Of(state, TerminalState.Empty, CultureInfo.InvariantCulture);

        Assert.All(
            steps,
            step =>
            {
                Assert.NotEmpty(step.Who);
                Assert.EndsWith(".", step.What, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void An_order_that_the_terminal_has_taken_without_effect_is_not_awaited_any_more()
    {
        var approved = new CaseState
        {
            Id = "1",
            Status = CaseStatus.Approved,
            WayOut = WayOut.PasswordReset,
        };
        var waiting = TerminalState.Empty with
        {
            OpenOrders =
            [
                new OpenOrder(1, "passcode_reset", DateTimeOffset.UnixEpoch, CaseId: "1"),
            ],
        };

        Assert.Equal("terminal", NextStep.Of(approved, waiting, CultureInfo.InvariantCulture).Who);
        Assert.Equal(
            "support",
            NextStep.Of(approved, TerminalState.Empty, CultureInfo.InvariantCulture).Who
        );
    }
}
