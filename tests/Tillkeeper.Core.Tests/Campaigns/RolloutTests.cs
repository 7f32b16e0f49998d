using System.Collections.Immutable;
using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Core.Tests.Campaigns;

/// <summary>Groups, thresholds and the quality of estimates.</summary>
public sealed class RolloutTests
{
    private static readonly Artifact Till = new(
        new string('a', 64),
        4 * 1024 * 1024,
        "till",
        "2.0"
    );
    private static readonly string[] Terminals =
    [
        .. Enumerable.Range(0, 1000).Select(i => $"T{i:D9}"),
    ];

    [Fact]
    public void Every_terminal_is_in_exactly_one_group_and_each_campaign_draws_anew()
    {
        var one = Rollout.Split(Terminals, Rollout.Default, "C1");
        Assert.Equal([10, 100, 890], one.Select(g => g.Length));
        Assert.Equal(Terminals, one.SelectMany(g => g).Order(StringComparer.Ordinal));
        Assert.Equal(one[0], Rollout.Split(Terminals, Rollout.Default, "C1")[0]);
        Assert.NotEqual(one[0], Rollout.Split(Terminals, Rollout.Default, "C2")[0]);
    }

    [Fact]
    public void With_few_terminals_the_first_groups_still_get_one_each() =>
        Assert.Equal(
            [1, 1, 0],
            Rollout.Split(["A", "B"], Rollout.Default, "C").Select(g => g.Length)
        );

    [Fact]
    public void Every_terminal_that_ends_well_finishes_the_campaign()
    {
        var state = Create(0.1, 1, 0.05);
        foreach (var group in Enumerable.Range(0, 2))
        {
            foreach (var terminal in state.Members[group])
            {
                state = state.Move(terminal, group, UpdateStep.Done);
            }
        }
        Assert.Equal(CampaignStatus.Finished, state.Campaign.Status);
    }

    [Theory]
    [InlineData(4, CampaignStatus.Running)]
    [InlineData(5, CampaignStatus.Paused)]
    public void The_share_of_errors_decides(int errors, CampaignStatus expected)
    {
        var state = Create(0.1, 0.5, 0.05);
        foreach (var terminal in state.Members[0].Take(errors))
        {
            state = state.Move(terminal, 0, UpdateStep.Failed);
        }
        Assert.Equal(expected, state.Campaign.Status);
    }

    [Fact]
    public void A_group_that_ended_without_enough_successes_pauses_instead_of_going_on()
    {
        var state = Create(0.1, 1, 0.5);
        var members = state.Members[0];
        state = state.Move(members[0], 0, UpdateStep.RolledBack);
        foreach (var terminal in members.Skip(1))
        {
            state = state.Move(terminal, 0, UpdateStep.Done);
        }
        Assert.Equal(CampaignStatus.Paused, state.Campaign.Status);
        Assert.Equal(CampaignDecisions.TooFewSuccesses, state.Campaign.Reason);
        Assert.False(state.Campaign.Groups[1].Started);

        var resumed = state.Do(new ResumeCampaign("p-1", "we know why"));
        Assert.True(resumed.Campaign.Groups[1].Started);
        Assert.Equal(CampaignStatus.Running, resumed.Campaign.Status);
    }

    [Fact]
    public void A_resumed_campaign_forgives_what_was_seen_and_nothing_more()
    {
        var state = Create(0.1, 0.5, 0.05);
        foreach (var terminal in state.Members[0].Take(5))
        {
            state = state.Move(terminal, 0, UpdateStep.Failed);
        }
        state = state.Do(new ResumeCampaign("p-1", "a bad switch"));
        Assert.Equal(CampaignStatus.Running, state.Campaign.Status);
        foreach (var terminal in state.Members[0].Skip(5).Take(4))
        {
            state = state.Move(terminal, 0, UpdateStep.Failed);
        }
        Assert.Equal(CampaignStatus.Running, state.Campaign.Status);
        state = state.Move(state.Members[0][9], 0, UpdateStep.Failed);
        Assert.Equal(CampaignStatus.Paused, state.Campaign.Status);
    }

    [Fact]
    public void Before_anything_is_known_the_size_is_the_estimate_then_four_in_five_are_on_time()
    {
        Assert.Equal(TimeSpan.FromSeconds(62), Estimates.Of(Till, []));
        Assert.Equal(TimeSpan.FromSeconds(62), Estimates.Of(Till, Seconds(5, 5)));
        Assert.Equal(TimeSpan.FromSeconds(40), Estimates.Of(Till, Seconds(10, 20, 30, 40, 500)));
        Assert.Equal(TimeSpan.FromSeconds(15), Estimates.Of(Till, Seconds(1, 1, 1)));
    }

    [Fact]
    public void An_estimate_that_was_missed_moves_by_a_quarter_of_what_has_passed()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), Estimates.Beyond(TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromMinutes(5), Estimates.Beyond(TimeSpan.FromMinutes(20)));
    }

    [Fact]
    public void The_quality_of_estimates_is_what_was_on_time_and_how_far_off_the_middle_one_was()
    {
        var quality = Estimates.Judge([
            (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(50)),
            (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60)),
            (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(100)),
        ]);
        Assert.Equal(3, quality.Measured);
        Assert.Equal(2.0 / 3, quality.Within!.Value, 6);
        Assert.Equal(TimeSpan.FromSeconds(10), quality.MedianError);
        Assert.Null(Estimates.Judge([]).Within);
    }

    private static TimeSpan[] Seconds(params double[] seconds) =>
        Array.ConvertAll(seconds, TimeSpan.FromSeconds);

    /// <summary>Two groups over a thousand terminals, the first of a hundred.</summary>
    private static Running Create(double share, double success, double error)
    {
        ImmutableArray<GroupRule> rules = [new(share, success, error), new(1, success, error)];
        var members = Rollout.Split(Terminals, rules, "C");
        var created = new CampaignCreated("C", "Test", "/", "A", Till, rules, "p-1");
        return new Running(CampaignState.Empty, members).Do(new CreateCampaign(created, members));
    }

    private sealed record Running(
        CampaignState Campaign,
        IReadOnlyList<ImmutableArray<string>> Members
    )
    {
        public Running Do(ICampaignCommand command)
        {
            var decision = CampaignDecisions.Decide(Campaign, command);
            Assert.Null(decision.Refusal);
            return this with
            {
                Campaign = decision.Events.Aggregate(Campaign, CampaignState.Apply),
            };
        }

        public Running Move(string terminal, int group, UpdateStep to) =>
            Do(new MoveTerminals([new CampaignMoved(terminal, group, UpdateStep.Planned, to)]));
    }
}
