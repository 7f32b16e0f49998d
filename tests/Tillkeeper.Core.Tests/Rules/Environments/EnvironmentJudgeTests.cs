using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Rules.Texts;
using Tillkeeper.Core.Serialization;
using static Tillkeeper.Core.Rules.Environments.Clue;

namespace Tillkeeper.Core.Tests.Rules.Environments;

/// <summary>C6: what weighs how much, and what never locks.</summary>
public sealed class EnvironmentJudgeTests
{
    private const string Shop = "203.0.113.7";
    private const string Elsewhere = "198.51.100.9";
    private const string BehindCarrier = "100.72.3.4";

    private static readonly EnvironmentRule Rule = new();
    private static readonly Baseline Registered = new(
        [],
        false,
        [IPNetwork.Parse("203.0.113.0/24")]
    );
    private static readonly Baseline Learnt = new(
        [
            "gateway:g1",
            "access_point:b1",
            "wifi_name:w1",
            "sim:s1",
            "network:n1",
            "cell:c1",
            "carrier:a1",
            "country:cn",
        ],
        true,
        []
    );

    public static TheoryData<string, Sighting, Baseline, Clue[], bool> Scenarios =>
        new()
        {
            {
                "nothing is known",
                At(Elsewhere, "192.168.43.1", "gateway:g9"),
                new([], false, []),
                [],
                false
            },
            { "the registered line", At(Shop, "192.168.1.1", "gateway:g9"), Registered, [], false },
            {
                "another line",
                At(Elsewhere, "192.168.1.1", "gateway:g9"),
                Registered,
                [OutsideNetworks],
                true
            },
            {
                "another line, as a phone shares it",
                At(Elsewhere, "192.168.43.1", "gateway:g9"),
                Registered,
                [OutsideNetworks, PrivateHotspot],
                true
            },
            {
                "a mobile network although a line is registered",
                Cellular(Elsewhere),
                Registered,
                [OutsideNetworks],
                false
            },
            {
                "carrier NAT although a line is registered",
                At(BehindCarrier, "192.168.1.1"),
                Registered,
                [OutsideNetworks],
                false
            },
            {
                "the shop as learnt",
                At(
                    Elsewhere,
                    "192.168.1.1",
                    "gateway:g1",
                    "access_point:b1",
                    "wifi_name:w1",
                    "network:n1"
                ),
                Learnt,
                [],
                false
            },
            {
                "the shop with a new address",
                At(Elsewhere, "192.168.1.1", "gateway:g1", "network:n7"),
                Learnt,
                [UnknownAddress],
                false
            },
            {
                "a new router under the old Wi-Fi name",
                At(
                    Elsewhere,
                    "192.168.1.1",
                    "gateway:g9",
                    "access_point:b9",
                    "wifi_name:w1",
                    "network:n1"
                ),
                Learnt,
                [UnknownGateway, UnknownAccessPoint],
                false
            },
            {
                "another Wi-Fi altogether",
                At(
                    Elsewhere,
                    "192.168.1.1",
                    "gateway:g9",
                    "access_point:b9",
                    "wifi_name:w9",
                    "network:n1"
                ),
                Learnt,
                [UnknownGateway, UnknownAccessPoint],
                true
            },
            {
                "a phone that shares its connection",
                At(BehindCarrier, "172.20.10.1", "gateway:g9", "access_point:b9", "wifi_name:w9"),
                Learnt,
                [PrivateHotspot, UnknownGateway, UnknownAccessPoint],
                true
            },
            {
                "a hotspot that belongs to the shop",
                At(BehindCarrier, "192.168.43.1", "gateway:g1"),
                Learnt,
                [],
                false
            },
            { "another SIM card", Cellular(Elsewhere, "sim:s9"), Learnt, [AnotherSim], true },
            {
                "the same SIM card in another cell and address",
                Cellular(Elsewhere, "sim:s1", "cell:c9", "network:n9"),
                Learnt,
                [UnknownAddress, UnknownCell],
                false
            },
            {
                "a proxy and another provider",
                At(Elsewhere, "192.168.1.1", "gateway:g1", "proxy:p1", "carrier:a9", "network:n1"),
                Learnt,
                [Proxy, OtherCarrier],
                false
            },
            {
                "another country",
                At(
                    Elsewhere,
                    "192.168.1.1",
                    "gateway:g1",
                    "country:us",
                    "carrier:a9",
                    "network:n9"
                ),
                Learnt,
                [ForeignCountry, UnknownAddress, OtherCarrier],
                true
            },
            {
                "another country behind carrier NAT",
                At(
                    BehindCarrier,
                    "192.168.1.1",
                    "gateway:g1",
                    "country:us",
                    "carrier:a9",
                    "network:n9"
                ),
                Learnt,
                [ForeignCountry, UnknownAddress, OtherCarrier],
                false
            },
        };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_weighs_how_much(
        string what,
        Sighting seen,
        Baseline known,
        Clue[] clues,
        bool isStrange
    )
    {
        var suspicion = EnvironmentJudge.Judge(seen, known, Rule);

        Assert.Equal(clues.Order(), suspicion.Clues.Order());
        Assert.True(
            isStrange == suspicion.Score >= Rule.Score,
            $"{what}: {suspicion.Score} of {Rule.Score}"
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(60)]
    public void Behind_carrier_NAT_the_address_alone_is_never_enough_whatever_the_threshold(
        int threshold
    )
    {
        var rule = Rule with { Score = threshold, Countries = ["CN"] };
        var seen = At(BehindCarrier, "10.0.0.1", "country:us", "carrier:a9", "network:n9") with
        {
            Origin = new AddressOrigin("US", 64500),
        };

        foreach (
            var known in new[]
            {
                Registered,
                Learnt,
                Learnt with
                {
                    Registered = Registered.Registered,
                },
            }
        )
        {
            Assert.InRange(EnvironmentJudge.Judge(seen, known, rule).Score, 0, threshold - 1);
        }
    }

    [Fact]
    public void Expected_countries_hold_without_anything_learnt()
    {
        var rule = Rule with { Countries = ["CN", "HK"] };
        var known = new Baseline([], false, []);

        Assert.Equal(
            [ForeignCountry],
            EnvironmentJudge
                .Judge(At(Elsewhere) with { Origin = new AddressOrigin("US") }, known, rule)
                .Clues
        );
        Assert.Equal(
            Suspicion.None,
            EnvironmentJudge.Judge(
                At(Elsewhere) with
                {
                    Origin = new AddressOrigin("HK"),
                },
                known,
                rule
            ),
            (a, b) => a.Score == b.Score && a.Clues.SequenceEqual(b.Clues)
        );
    }

    [Fact]
    public void A_finding_names_what_was_seen_in_both_languages()
    {
        var evidence = EnvironmentJudge
            .Judge(At(Elsewhere, "192.168.43.1"), Registered, Rule)
            .Evidence with
        {
            Rule = RuleName.Environment,
        };

        Assert.Equal(
            "Seen: an internet address outside the shop's registered networks, a phone or laptop that shares its connection.",
            RuleExplainer.Saw(evidence, CultureInfo.GetCultureInfo("en"))
        );
        Assert.Equal(
            "发现：不在登记网络内的互联网地址、由手机或电脑共享的热点。",
            RuleExplainer.Saw(evidence, CultureInfo.GetCultureInfo("zh-Hans"))
        );
    }

    [Fact]
    public void Every_clue_and_every_problem_has_its_words_in_both_languages()
    {
        foreach (var language in new[] { "en", "zh-Hans" })
        {
            var culture = CultureInfo.GetCultureInfo(language);
            foreach (var clue in Words.All<Clue>().Split(", "))
            {
                var said = Said(RuleName.Environment, "seen", clue, culture);
                Assert.NotEqual($"Seen: {clue}.", said);
                Assert.NotEqual($"发现:{clue}。", said);
            }
            foreach (var problem in Words.All<NetworkProblem>().Split(", "))
            {
                Assert.NotEqual($"{problem}.", Said(RuleName.Network, "problem", problem, culture));
                Assert.NotEqual(
                    $"{problem}。",
                    Said(RuleName.Network, "problem", problem, culture)
                );
            }
        }
    }

    private static string Said(RuleName rule, string fact, string word, CultureInfo culture) =>
        RuleExplainer.Saw(
            new Evidence(
                Rule: rule,
                Facts: ImmutableSortedDictionary<string, string>.Empty.Add(fact, word)
            ),
            culture
        )!;

    private static Sighting At(string source, string? gateway = null, params string[] marks) =>
        new(
            LinkKind.Wifi,
            IPAddress.Parse(source),
            gateway is null ? null : IPAddress.Parse(gateway),
            Marks(marks)
        );

    private static Sighting Cellular(string source, params string[] marks) =>
        new(LinkKind.Cellular, IPAddress.Parse(source), null, Marks(marks));

    private static ImmutableArray<Mark> Marks(string[] marks) =>
        [
            .. marks.Select(m =>
            {
                Assert.True(Words.TryParse<Trait>(m.Split(':')[0], out var trait));
                return new Mark(trait, m.Split(':')[1]);
            }),
        ];
}
