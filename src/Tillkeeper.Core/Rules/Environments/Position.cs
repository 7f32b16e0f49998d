using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Rules.Environments;

/// <summary>Where a terminal says it stands (WGS 84 or GCJ-02, as the registered place).</summary>
/// <param name="AccuracyM">Metres by which it may be wrong.</param>
public sealed record Position(double Lat, double Lon, double AccuracyM, DateTimeOffset At)
{
    public const double WorstAccuracyM = 100_000;
    private const double EarthRadiusM = 6_371_000;

    public bool IsPossible =>
        Lat is >= -90 and <= 90
        && Lon is >= -180 and <= 180
        && AccuracyM is >= 0 and <= WorstAccuracyM;

    /// <summary>Metres along the surface (haversine).</summary>
    public double MetresTo(double lat, double lon)
    {
        var (dLat, dLon) = (Radians(lat - Lat), Radians(lon - Lon));
        var a =
            Math.Pow(Math.Sin(dLat / 2), 2)
            + (Math.Cos(Radians(Lat)) * Math.Cos(Radians(lat)) * Math.Pow(Math.Sin(dLon / 2), 2));
        return 2 * EarthRadiusM * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }

    /// <summary>Is it at this place, what it is unsure of on its side?</summary>
    public bool IsAt(Location place) => MetresTo(place.Lat, place.Lon) <= place.RadiusM + AccuracyM;

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}

/// <summary>Judges positions (C6, C7): all doubt is on the terminal's side.</summary>
public static class PositionJudge
{
    /// <summary>Below it no speed is worth judging: positions jump.</summary>
    private const double ShortestJourneyM = 50_000;

    /// <summary>Evidence that a terminal is beyond its registered place; null when it need not be.</summary>
    public static Evidence? Beyond(Position position, Location place, LocationRule rule)
    {
        var metres = position.MetresTo(place.Lat, place.Lon);
        return metres > place.RadiusM + position.AccuracyM + rule.Beyond
            ? Facts(("metres", metres), ("accuracyM", position.AccuracyM))
            : null;
    }

    /// <summary>Evidence of a journey that nothing makes in the time; null when it is possible.</summary>
    public static Evidence? Impossible(Position before, Position after, ImpossibleTravelRule rule)
    {
        var metres = before.MetresTo(after.Lat, after.Lon) - before.AccuracyM - after.AccuracyM;
        var hours = (after.At - before.At).TotalHours;
        // A position from before the last one says nothing new.
        return
            hours >= 0
            && metres >= ShortestJourneyM
            && metres / 1000 > rule.KilometresPerHour * hours
            ? Facts(("kilometres", metres / 1000), ("minutes", Math.Ceiling(hours * 60)))
            : null;
    }

    private static Evidence Facts(params ReadOnlySpan<(string Name, double Value)> facts)
    {
        var all = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            all = all.Add(name, Math.Round(value).ToString(CultureInfo.InvariantCulture));
        }
        return new Evidence(Facts: all);
    }
}
