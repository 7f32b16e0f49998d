using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Rules.Texts;

namespace Tillkeeper.Core.Tests.Rules.Networks;

/// <summary>
/// C5. Each scenario is a line, one letter a round: <c>.</c> all reached, <c>p</c> the payment host is not, <c>s</c> the server is not,
/// <c>d</c> nothing but the next hop answers, <c>x</c> nothing answers at all, <c>n</c> the payment host's name is not found, <c>0</c> no
/// link, <c>~</c> slow, <c>_</c> a minute in which nothing is measured.
/// </summary>
public sealed class NetworkRecordTests
{
    /// <summary>Ten rounds of window, three bad and five good rounds until it counts.</summary>
    private static readonly NetworkRule Rule = new()
    {
        Every = TimeSpan.FromSeconds(1),
        PaymentHost = "pay.example:443",
        LossPercent = 40,
        Flaps = 6,
        Latency = TimeSpan.FromSeconds(1),
        Window = TimeSpan.FromSeconds(10),
        BadFor = TimeSpan.FromSeconds(3),
        GoodFor = TimeSpan.FromSeconds(5),
    };

    [Theory]
    [InlineData("....................", null)]
    [InlineData("..........p.........", null)]
    [InlineData("..........pp........", null)]
    [InlineData("....ssssssssssssssss", null)]
    [InlineData("..........pppp", null)]
    [InlineData("..........ppppp", null)]
    [InlineData("..........pppppp", NetworkProblem.PaymentHostUnreachable)]
    [InlineData("..........ssssspppppp", NetworkProblem.PaymentHostUnreachable)]
    [InlineData("..........dddddd", NetworkProblem.PaymentHostUnreachable)]
    [InlineData("..........nnnnnn", NetworkProblem.NameNotFound)]
    [InlineData("..........xxxxxx", NetworkProblem.LineDown)]
    [InlineData("..........000000", NetworkProblem.NoLink)]
    [InlineData("..p.pp..p.pp..p.pp..p.pp", NetworkProblem.Lossy)]
    [InlineData("...p...p...p...p...p...p...p", null)]
    [InlineData(".....p..p..p..p..p..p..p", NetworkProblem.Unstable)]
    [InlineData("....~~~~~~~~~~~~~~~~", NetworkProblem.Slow)]
    [InlineData(".........~..........", null)]
    public void What_counts_as_a_bad_network(string rounds, NetworkProblem? expected) =>
        Assert.Equal(expected, After(rounds).Problem);

    [Theory]
    [InlineData("..........pppppp", "....", true)]
    [InlineData("..........pppppp", ".....", false)]
    [InlineData("..........pppppp", "...p..", true)]
    [InlineData("..........pppppp", "......p...", false)]
    [InlineData("..........pppppp", "..p..p..p..p..p", true)]
    [InlineData("..........pppppp", "_", true)]
    [InlineData("..........pppppp", "_.....", true)]
    [InlineData("..........pppppp", "_......", false)]
    [InlineData("..........pppppp", "ssssssss", false)]
    public void It_is_over_only_after_it_was_good_for_a_while(
        string bad,
        string then,
        bool isStillBad
    ) => Assert.Equal(isStillBad, After(bad + then).Problem is not null);

    [Fact]
    public void What_was_not_measured_counts_for_neither_side()
    {
        // Two bad rounds, an hour of sleep, two bad rounds: nothing lasted.
        Assert.Null(After("..........pp_pp").Problem);
    }

    [Fact]
    public void Without_a_payment_host_only_the_whole_line_counts()
    {
        var rule = Rule with { PaymentHost = null };

        Assert.Null(After("..........dddddddddd", rule).Problem);
        Assert.Null(After("..........ssssssssss", rule).Problem);
        Assert.Null(After("..........~~~~~~~~~~", rule).Problem);
        Assert.Equal(NetworkProblem.LineDown, After("..........xxxxxx", rule).Problem);
        Assert.Equal(NetworkProblem.NoLink, After("..........000000", rule).Problem);
    }

    [Fact]
    public void A_modem_whose_next_hop_cannot_be_asked_is_not_taken_for_a_dead_line()
    {
        var record = NetworkRecord.Empty;
        for (var i = 0; i < 30; i++)
        {
            record = record.Add(
                new NetworkSample(i * 1000, LinkKind.Cellular, new Reach(false)),
                Rule
            );
        }
        Assert.Null(record.Problem);
    }

    [Fact]
    public void What_was_found_before_a_restart_stands_until_it_was_good_for_a_while()
    {
        var evidence = After("..........xxxxxx").Evidence(Rule);
        var standing = new Finding(
            RuleName.Network,
            FindingEffect.Warning,
            DateTimeOffset.UnixEpoch,
            evidence
        );

        var record = NetworkRecord.After(standing);

        Assert.Equal(NetworkProblem.LineDown, record.Problem);
        Assert.NotNull(Add(record, ".....").Problem);
        Assert.Null(Add(record, "......").Problem);
    }

    [Fact]
    public void The_record_stays_bounded_and_its_windows_fit_in_whatever_the_policy_says()
    {
        var rule = Rule with { Window = TimeSpan.FromDays(1), GoodFor = TimeSpan.FromHours(3) };
        var pace = NetworkRecord.Pace(rule);
        var record = NetworkRecord.Empty;
        for (var i = 0; i < 3000; i++)
        {
            record = record.Add(Sample('.', i * (long)pace.TotalMilliseconds), rule);
        }

        Assert.InRange(record.Samples.Count, 2, NetworkRecord.MostSamples);
        Assert.True(
            record.Samples[^1].AtMs - record.Samples[0].AtMs >= rule.Window.TotalMilliseconds
        );
        Assert.Equal(TimeSpan.FromSeconds(1), NetworkRecord.Pace(Rule));
    }

    [Fact]
    public void A_finding_says_what_is_wrong_in_both_languages()
    {
        var evidence = After("..........pppppp").Evidence(Rule) with { Rule = RuleName.Network };

        Assert.Equal(
            "The payment host does not answer.",
            RuleExplainer.Saw(evidence, CultureInfo.GetCultureInfo("en"))
        );
        Assert.Equal(
            "支付主机没有应答。",
            RuleExplainer.Saw(evidence, CultureInfo.GetCultureInfo("zh-Hans"))
        );
        Assert.InRange(evidence.Facts!.Count, 5, Evidence.MostFacts);
    }

    private static NetworkRecord After(string rounds, NetworkRule? rule = null) =>
        Add(NetworkRecord.Empty, rounds, rule);

    private static NetworkRecord Add(NetworkRecord record, string rounds, NetworkRule? rule = null)
    {
        var ms = record.Samples.IsEmpty ? 1_000_000 : record.Samples[^1].AtMs;
        foreach (var round in rounds)
        {
            ms += round == '_' ? 60_000 : 1000;
            if (round != '_')
            {
                record = record.Add(Sample(round, ms, rule ?? Rule), rule ?? Rule);
            }
        }
        return record;
    }

    private static NetworkSample Sample(char round, long ms, NetworkRule? rule = null)
    {
        var latency = round == '~' ? 4000 : 30;
        var isReached = round is not ('p' or 'd' or 'x' or '0' or 'n');
        var payment = new Reach(isReached, latency, round == 'n');
        return new NetworkSample(
            ms,
            round == '0' ? LinkKind.None : LinkKind.Ethernet,
            new Reach(round is not ('s' or 'd' or 'x' or '0'), 20),
            (rule ?? Rule).PaymentHost is null ? null : payment,
            round is not ('x' or '0')
        );
    }
}
