using Tillkeeper.Core.Policies;

namespace Tillkeeper.Server.Policies;

/// <summary>The time of day where the shop is: what it reads is told in its own time, not in the server's.</summary>
internal static class ShopClock
{
    /// <summary>The same moment with the shop's offset; a machine that has lost the zone keeps the offset it was given.</summary>
    public static DateTimeOffset At(this Policy policy, DateTimeOffset moment) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(policy.NightTrading.Zone, out var zone)
            ? TimeZoneInfo.ConvertTime(moment, zone)
            : moment;
}
