using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Tests.Rules.Environments;

/// <summary>C6 and C7: where a terminal stands, all doubt on its side.</summary>
public sealed class PositionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Shanghai, People's Square; one thousandth of a degree of latitude is 111 m.</summary>
    private static readonly Location Shop = new(31.2304, 121.4737, 200);

    [Theory]
    [InlineData(31.2304, 10, false)]
    [InlineData(31.2354, 10, false)] // 556 m
    [InlineData(31.2364, 10, false)] // 667 m: within radius and the policy's 500 m beyond it
    [InlineData(31.2374, 10, true)] // 778 m
    [InlineData(31.2374, 100, false)] // unsure by more than what is too much
    [InlineData(31.3304, 50_000, false)]
    [InlineData(32.2304, 50_000, true)]
    public void A_position_counts_as_elsewhere_only_beyond_radius_and_doubt(
        double lat,
        double accuracy,
        bool isBeyond
    )
    {
        var found = PositionJudge.Beyond(At(lat, 121.4737, accuracy), Shop, new LocationRule());

        Assert.Equal(isBeyond, found is not null);
    }

    [Fact]
    public void A_finding_says_how_far()
    {
        var found = PositionJudge.Beyond(At(39.9042, 116.4074, 20), Shop, new LocationRule());

        Assert.InRange(int.Parse(found!.Facts!["metres"], null), 1_060_000, 1_075_000);
    }

    [Theory]
    [InlineData(60, 20, true)] // Shanghai to Beijing in an hour
    [InlineData(120, 20, false)] // as by air
    [InlineData(1, 20, true)]
    [InlineData(0, 20, true)]
    [InlineData(60, 60_000, false)] // unsure by 120 km in all: within what flies
    [InlineData(-5, 20, false)] // an older position says nothing new
    public void A_journey_is_impossible_only_when_nothing_makes_it(
        int minutes,
        double accuracy,
        bool isImpossible
    )
    {
        var before = At(31.2304, 121.4737, accuracy);
        var after = At(39.9042, 116.4074, accuracy) with { At = Noon.AddMinutes(minutes) };

        var found = PositionJudge.Impossible(before, after, new ImpossibleTravelRule());

        Assert.Equal(isImpossible, found is not null);
    }

    [Fact]
    public void Positions_that_jump_within_a_town_are_no_journey()
    {
        var before = At(31.2304, 121.4737, 5);
        var after = At(31.4304, 121.4737, 5) with { At = Noon.AddSeconds(1) };

        Assert.Null(PositionJudge.Impossible(before, after, new ImpossibleTravelRule()));
    }

    [Fact]
    public void A_condition_counts_only_once_it_has_lasted_and_alternation_never_does()
    {
        var length = TimeSpan.FromMinutes(10);
        var dwell = new Dwell(false);
        for (var minute = 0; minute < 600; minute++)
        {
            dwell = dwell.See(minute % 2 == 0, length, Noon.AddMinutes(minute));
            Assert.False(dwell.Counts);
        }
        dwell = dwell.See(true, length, Noon.AddMinutes(600));
        Assert.False(dwell.See(true, length, Noon.AddMinutes(609)).Counts);
        dwell = dwell.See(true, length, Noon.AddMinutes(610));
        Assert.True(dwell.Counts);
        Assert.True(dwell.See(false, length, Noon.AddMinutes(611)).Counts);
        Assert.Equal(
            Noon.AddMinutes(621),
            dwell.See(false, length, Noon.AddMinutes(611)).LookAgain(length)
        );
    }

    private static Position At(double lat, double lon, double accuracy) =>
        new(lat, lon, accuracy, Noon);
}
