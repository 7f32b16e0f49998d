using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules.Environments;

/// <summary>What speaks for a strange environment.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Clue>))]
public enum Clue
{
    PrivateHotspot,
    UnknownGateway,
    UnknownAccessPoint,
    AnotherSim,
    UnknownCell,
    Proxy,
    OutsideNetworks,
    UnknownAddress,
    OtherCarrier,
    ForeignCountry,
}

/// <param name="Score">The weight of all clues together, 0 to 100.</param>
/// <param name="Clues">The heaviest first.</param>
public sealed record Suspicion(int Score, ImmutableArray<Clue> Clues)
{
    public static Suspicion None { get; } = new(0, []);

    /// <summary>What a finding carries; words and whole numbers.</summary>
    public Evidence Evidence =>
        new(
            Facts: ImmutableSortedDictionary
                .Create<string, string>(StringComparer.Ordinal)
                .Add("seen", string.Join(',', Clues.Select(Words.Of)))
                .Add("score", Score.ToString(CultureInfo.InvariantCulture))
        );
}

/// <summary>What a terminal's environment is compared with.</summary>
/// <param name="Familiar">The marks that belong to it.</param>
/// <param name="IsLearnt">It was watched for long enough that what is not familiar is strange.</param>
/// <param name="Registered">The networks that its owner registered.</param>
public sealed record Baseline(
    ImmutableSortedSet<string> Familiar,
    bool IsLearnt,
    ImmutableArray<IPNetwork> Registered
)
{
    public bool Knows(Mark mark) => Familiar.Contains(mark.ToString());
}

/// <summary>
/// Weighs how strange an environment is (C6). What a thief cannot keep counts most: the SIM card, the next hop, the registered line. An
/// address behind carrier NAT, in a mobile network or without a registered network says little, and never enough alone.
/// </summary>
public static class EnvironmentJudge
{
    private const int WeakAtMost = 20;

    private static readonly Clue[] OfTheAddress =
    [
        Clue.OutsideNetworks,
        Clue.UnknownAddress,
        Clue.OtherCarrier,
        Clue.ForeignCountry,
    ];

    /// <summary>Without a registered network, a learnt baseline or expected countries there is nothing to compare with.</summary>
    public static Suspicion Judge(Sighting seen, Baseline known, EnvironmentRule rule)
    {
        var clues = Clues(seen, known, rule)
            .Where(c => c.Weight > 0)
            .OrderByDescending(c => c.Weight)
            .ToArray();
        var address = clues.Where(c => OfTheAddress.Contains(c.Clue)).Sum(c => c.Weight);
        var rest = clues.Sum(c => c.Weight) - address;
        if (seen.IsAddressWeak)
        {
            // Whatever the threshold: the address alone is never enough here.
            address = Math.Min(address, Math.Min(WeakAtMost, rule.Score - 1));
        }
        return new Suspicion(Math.Min(100, rest + address), [.. clues.Select(c => c.Clue)]);
    }

    private static IEnumerable<(Clue Clue, int Weight)> Clues(
        Sighting seen,
        Baseline known,
        EnvironmentRule rule
    )
    {
        var isRegistered = !known.Registered.IsEmpty;
        var isInside = isRegistered && seen.IsIn(known.Registered);
        if (seen.Origin is { } origin && rule.Countries is { } countries)
        {
            yield return (Clue.ForeignCountry, countries.Contains(origin.Country) ? 0 : 60);
        }
        if (!isRegistered && !known.IsLearnt)
        {
            yield break;
        }
        bool IsNew(Trait trait) => seen.Of(trait) is { } mark && !known.Knows(mark);
        yield return (
            Clue.PrivateHotspot,
            seen.LooksLikeHotspot && (seen.Of(Trait.Gateway) is null || IsNew(Trait.Gateway))
                ? 40
                : 0
        );
        yield return (Clue.Proxy, IsNew(Trait.Proxy) ? 30 : 0);
        yield return (Clue.OutsideNetworks, isRegistered && !isInside ? Outside(seen, known) : 0);
        if (!known.IsLearnt)
        {
            yield break;
        }
        yield return (Clue.AnotherSim, IsNew(Trait.Sim) ? 60 : 0);
        if (!isInside)
        {
            yield return (Clue.UnknownGateway, IsNew(Trait.Gateway) ? 35 : 0);
            // A shop with several access points of one name roams between them.
            var weight = IsNew(Trait.WifiName) ? 25 : 5;
            yield return (Clue.UnknownAccessPoint, IsNew(Trait.AccessPoint) ? weight : 0);
            yield return (Clue.UnknownCell, IsNew(Trait.Cell) ? 10 : 0);
            yield return (Clue.OtherCarrier, IsNew(Trait.Carrier) ? 15 : 0);
            yield return (Clue.UnknownAddress, !isRegistered && IsNew(Trait.Network) ? 15 : 0);
        }
        if (rule.Countries is null)
        {
            yield return (Clue.ForeignCountry, IsNew(Trait.Country) ? 40 : 0);
        }
    }

    /// <summary>A line changes its addresses; who stands behind the shop's own router is in the shop.</summary>
    private static int Outside(Sighting seen, Baseline known) =>
        (seen.Of(Trait.Network), seen.Of(Trait.Gateway)) switch
        {
            ({ } block, _) when known.Knows(block) => 0,
            (_, { } gateway) when known.Knows(gateway) => 20,
            _ => 60,
        };
}
