using Tillkeeper.Core.Policies;
using Tillkeeper.Server.Policies;

namespace Tillkeeper.Server.Tests.Locks;

/// <summary>What a shop reads is told in its own time of day.</summary>
public sealed class ShopTimeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Asia/Shanghai", 12)]
    [InlineData("Europe/Berlin", 5)]
    [InlineData("Nowhere/Nothing", 4)]
    public void A_moment_is_shown_as_the_clock_in_the_shop_shows_it(string zone, int hour)
    {
        var policy = Policy.Default with
        {
            NightTrading = Policy.Default.NightTrading with { Zone = zone },
        };
        Assert.Equal(hour, policy.At(Noon).Hour);
        Assert.Equal(Noon, policy.At(Noon));
    }
}
