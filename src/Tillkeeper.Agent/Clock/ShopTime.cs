namespace Tillkeeper.Agent.Clock;

/// <summary>The time of day where the shop is, as rules on opening hours need it. Core reads no time zones: they are files.</summary>
internal static class ShopTime
{
    /// <param name="zone">An IANA name, e.g. <c>Asia/Shanghai</c>.</param>
    /// <param name="trusted">A time that the server signed for; a wall clock that anybody can set says nothing.</param>
    /// <returns>Null when no time is trusted, or the zone is not known on this machine.</returns>
    public static TimeOnly? Of(string zone, DateTimeOffset? trusted) =>
        trusted is { } now && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
            ? TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, known).DateTime)
            : null;
}
