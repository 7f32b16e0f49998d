using System.Globalization;
using System.Text.RegularExpressions;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Tests.Locks.Texts;

/// <summary>
/// How a lock speaks to a worried cashier: the parts that every message has, for every cause, owner and scope, in both languages.
/// </summary>
public sealed partial class WorriedCashierTests
{
    private static readonly Cause[] MoneyUnknown =
    [
        Cause.Tamper,
        Cause.Binding,
        Cause.StateUnknown,
    ];

    /// <summary>All 256 scopes under each cause, owner and status, told in a language.</summary>
    private static IEnumerable<(Core.Locks.Lock Lock, Explanation Told, string Where)> Every(
        CultureInfo culture
    )
    {
        foreach (var cause in Enum.GetValues<Cause>())
        {
            foreach (var owner in Enum.GetValues<LockOwner>())
            {
                foreach (var scope in Scopes())
                {
                    var l = Samples.Of(cause) with { Owner = owner, Scope = scope };
                    yield return (
                        l,
                        LockExplainer.Explain(l, Samples.Context, culture),
                        $"{Words.Of(cause)} of the {Words.Of(owner)}, {scope}, {culture.Name}"
                    );
                }
            }
        }
    }

    private static IEnumerable<EnumSet<Capability>> Scopes()
    {
        var all = Enum.GetValues<Capability>();
        for (var bits = 0; bits < 1 << all.Length; bits++)
        {
            EnumSet<Capability> scope = [.. all.Where((_, i) => (bits & (1 << i)) != 0)];
            yield return scope;
        }
    }

    [Fact]
    public void Every_message_has_every_part()
    {
        foreach (var (l, told, where) in Samples.Languages.SelectMany(Every))
        {
            Assert.True(told.Title.EndsWith($" · {l.Code}", StringComparison.Ordinal), where);
            Assert.True(told.Title.Length > l.Code.Length + 6, where);
            Assert.True(told.Now.Length is >= 1 and <= 3, where);
            Assert.True(
                told.Now.Append(told.StillWorks)
                    .Append(told.Next)
                    .Append(told.Warning)
                    .All(part => part.Length >= 3 && Sentence().IsMatch(part)),
                $"{where}: {told}"
            );
        }
    }

    [Fact]
    public void Money_is_said_to_be_safe_exactly_where_that_is_certain()
    {
        foreach (var culture in Samples.Languages)
        {
            // Of a lock that somebody ordered only the sales are certain: a payout may be held for the same reason.
            string[] words =
                culture.Name == "en" ? [" are safe.", " are not affected."] : ["不受影响"];
            foreach (var (l, told, where) in Every(culture))
            {
                var safe = words.Any(w => told.Safe.Contains(w, StringComparison.Ordinal));
                Assert.True(safe == !MoneyUnknown.Contains(l.Cause), $"{where}: {told.Safe}");
            }
        }
    }

    [Fact]
    public void What_still_works_names_nothing_that_the_scope_blocks()
    {
        var words = new Dictionary<Capability, (string English, string Chinese)>
        {
            [Capability.QrPayment] = ("QR", "扫码"),
            [Capability.Refund] = ("efunds", "退款"),
        };
        foreach (var culture in Samples.Languages)
        {
            foreach (var (l, told, where) in Every(culture).Where(e => e.Lock.Cause != Cause.Away))
            {
                foreach (var (capability, word) in words.Where(w => l.Scope.Contains(w.Key)))
                {
                    var said = told.StillWorks.Contains(
                        culture.Name == "en" ? word.English : word.Chinese,
                        StringComparison.Ordinal
                    );
                    Assert.False(said, $"{where}: {capability} in {told.StillWorks}");
                }
            }
        }
    }

    [Fact]
    public void No_message_accuses_anybody()
    {
        var found = Samples
            .Languages.SelectMany(Every)
            .SelectMany(e => Parts(e.Told))
            .Distinct(StringComparer.Ordinal)
            .Where(part => Accusing().IsMatch(part));
        Assert.Empty(found);
    }

    [Fact]
    public void What_a_rule_saw_is_said_in_both_languages_and_accuses_nobody()
    {
        foreach (var culture in Samples.Languages)
        {
            foreach (var rule in RuleTable.All)
            {
                var l = Samples.Of(rule.Cause) with
                {
                    Evidence = Evidence.None with { Rule = rule.Name, Part = "printer" },
                };
                var told = LockExplainer.Explain(l, Samples.Context, culture);
                Assert.All(Parts(told), part => Assert.DoesNotMatch(Accusing(), part));
                var warning = Tillkeeper.Core.Rules.Texts.RuleExplainer.Warn(
                    rule.Name,
                    l.Evidence,
                    culture
                );
                string[] said = [warning.Title, warning.Now, warning.Saw];
                Assert.All(said, part => Assert.DoesNotMatch(Accusing(), part));
                Assert.All(said[..2], part => Assert.NotEqual("", part));
            }
        }
    }

    [Fact]
    public void The_test_knows_an_accusation_when_it_reads_one()
    {
        Assert.Matches(Accusing(), "You entered a wrong passcode.");
        Assert.Matches(Accusing(), "This looks like fraud.");
        Assert.Matches(Accusing(), "您违规操作。");
        Assert.DoesNotMatch(Accusing(), "Never type a customer's card PIN here.");
    }

    private static IEnumerable<string> Parts(Explanation told) =>
        [told.Title, told.Safe, told.StillWorks, .. told.Now, told.Next, told.Warning];

    [GeneratedRegex("[.!。！]$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"\b(you|your staff|the cashier|the merchant) (have |has )?(entered|typed|did|broke|caused|failed|violated|misused|moved)|\b(fault is|your fault|guilty|fraud|criminal|thie(f|ves)|theft|stolen|steal|cheat|illegal|violation|suspect|suspicious|abuse)|你的错|您的错|违规|违法|欺诈|诈骗|盗|嫌疑|可疑|怀疑|作弊|责任",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Accusing();
}
