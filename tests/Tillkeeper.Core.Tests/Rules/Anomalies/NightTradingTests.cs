using System.Globalization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Till = Tillkeeper.Core.Tests.Device.Till;

namespace Tillkeeper.Core.Tests.Rules.Anomalies;

/// <summary>Sales at hours when the shop is closed (C7).</summary>
public sealed class NightTradingTests
{
    [Theory]
    [InlineData("01:00", "05:00", "00:59", false)]
    [InlineData("01:00", "05:00", "01:00", true)]
    [InlineData("01:00", "05:00", "04:59", true)]
    [InlineData("01:00", "05:00", "05:00", false)]
    [InlineData("22:00", "06:00", "23:30", true)]
    [InlineData("22:00", "06:00", "00:00", true)]
    [InlineData("22:00", "06:00", "05:59", true)]
    [InlineData("22:00", "06:00", "06:00", false)]
    [InlineData("22:00", "06:00", "12:00", false)]
    public void Sales_count_from_the_closing_hour_to_the_opening_hour_over_midnight_too(
        string from,
        string until,
        string at,
        bool counts
    )
    {
        var till = Till.Staffed(Closed(from, until));

        till.Sell(3, at: Time(at));

        Assert.Equal(counts, till.Stands(RuleName.NightTrading));
    }

    [Fact]
    public void The_lock_names_the_hours_and_the_sales()
    {
        var till = Till.Staffed(Closed("01:00", "05:00"));

        till.Sell(3, at: Time("02:10"));

        var facts = till.TheLock().Evidence.Facts!;
        Assert.Equal(("3", "01:00", "05:00"), (facts["sales"], facts["from"], facts["until"]));
    }

    [Fact]
    public void Without_a_trusted_time_of_day_nothing_is_judged()
    {
        var till = Till.Staffed(Closed("00:00", "23:59"));

        till.Sell(5, at: null);

        Assert.Empty(till.Found());
    }

    [Fact]
    public void Each_night_counts_for_itself()
    {
        var till = Till.Staffed(Closed("01:00", "05:00"));
        till.Sell(2, at: Time("04:00"));

        till.Pass(TimeSpan.FromHours(22));
        till.Sell(2, at: Time("02:00"));

        Assert.Empty(till.Found());
    }

    [Fact]
    public void The_finding_goes_with_the_night()
    {
        var till = Till.Staffed(Closed("01:00", "05:00"));
        till.Sell(3, at: Time("04:00"));
        till.Pass(TimeSpan.FromMinutes(59));
        till.Do(new Tick());
        Assert.True(till.Stands(RuleName.NightTrading));

        till.Pass(TimeSpan.FromMinutes(2));
        till.Do(new Tick());

        Assert.False(till.Stands(RuleName.NightTrading));
    }

    [Fact]
    public void Off_by_default_it_writes_no_hours_into_the_record()
    {
        var till = Till.Staffed();

        till.Sell(20, at: Time("03:00"));

        Assert.Empty(till.Found());
        Assert.All(till.Journal.OfType<SaleEnded>(), e => Assert.Null(e.ClosedFor));
    }

    [Fact]
    public void Refunds_at_night_are_no_sales()
    {
        var till = Till.Staffed(Closed("01:00", "05:00"));

        till.Sell(3, by: Capability.Refund, at: Time("02:00"));

        Assert.False(till.Stands(RuleName.NightTrading));
    }

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static Policy Closed(string from, string until) =>
        Counter.Strict with
        {
            Velocity = new VelocityRule { Mode = RuleMode.Off },
            NightTrading = Counter.Strict.NightTrading with
            {
                From = Time(from),
                Until = Time(until),
            },
        };
}
