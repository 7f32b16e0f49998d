using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Lock = Tillkeeper.Core.Locks.Lock;

namespace Tillkeeper.Core.Tests.Locks.Texts;

public sealed class LockExplainerTests
{
    private static readonly CultureInfo English = Samples.Languages[0];
    private static readonly CultureInfo Chinese = Samples.Languages[1];

    private static Explanation Explain(Lock l, ExplanationContext? context = null) =>
        LockExplainer.Explain(l, context ?? Samples.Context, English);

    [Fact]
    public void Every_variant_in_every_language_is_complete_short_and_says_its_code()
    {
        foreach (var culture in Samples.Languages)
        {
            foreach (var (name, l, context) in Samples.Variants())
            {
                var told = LockExplainer.Explain(l, context, culture);
                var where = $"{name} ({culture.Name})";
                string[] parts =
                [
                    told.Title,
                    told.Safe,
                    told.StillWorks,
                    .. told.Now,
                    told.Next,
                    told.Warning,
                ];
                Assert.All(parts, part => Assert.False(string.IsNullOrWhiteSpace(part), where));
                Assert.All(parts, part => Assert.DoesNotMatch(@"[{}\n]|\s\s|  ", part));
                Assert.True(told.Now.Length is >= 1 and <= 3, where);
                Assert.EndsWith($" · {l.Code}", told.Title, StringComparison.Ordinal);
                Assert.Contains(l.Code, told.Now[^1], StringComparison.Ordinal);
                Assert.Contains(context.SupportPhone, told.Now[^1], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Chinese_texts_hold_no_English_sentence_and_the_other_way_round()
    {
        foreach (var (_, l, context) in Samples.Variants().Where(v => v.Lock.Message is null))
        {
            var chinese = LockExplainer.Explain(l, context, Chinese);
            var english = LockExplainer.Explain(l, context, English);
            Assert.DoesNotMatch(
                "[a-z]{3}",
                All(chinese).Replace("Wi-Fi", "", StringComparison.Ordinal)
            );
            Assert.DoesNotContain(All(english), c => c is >= '\u4E00' and <= '\u9FFF');
        }
    }

    [Theory]
    [InlineData(18, "14:35 (18 minutes)")]
    [InlineData(1, "14:18 (1 minute)")]
    [InlineData(0.2, "14:18 (1 minute)")]
    [InlineData(17.5, "14:35 (18 minutes)")]
    [InlineData(119, "16:16 (119 minutes)")]
    [InlineData(125, "16:22 (2 h 5 min)")]
    [InlineData(600, "2026-11-23 00:17 (10 h 0 min)")]
    public void A_wait_ends_at_a_time_of_the_shop_and_never_earlier_than_said(
        double minutes,
        string end
    ) =>
        Assert.Equal(
            $"It reopens by itself at {end}.",
            Explain(Samples.Pause(), Samples.Waiting(minutes)).Next
        );

    [Fact]
    public void An_end_given_in_another_zone_is_shown_in_the_shops()
    {
        var end = new DateTimeOffset(2026, 11, 22, 7, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            "It reopens by itself when the update is done. Expected end: 15:00 (43 minutes).",
            Explain(Samples.Of(Cause.Maintenance) with { ExpectedEnd = end }).Next
        );
    }

    [Fact]
    public void A_missed_end_is_said_to_be_missed() =>
        Assert.Contains(
            "It was expected to end at 14:16.",
            Explain(
                Samples.Of(Cause.Maintenance) with
                {
                    ExpectedEnd = Samples.Now.AddMinutes(-1),
                }
            ).Next,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_pause_that_only_a_reset_ends_names_no_time_and_no_manager()
    {
        var told = Explain(
            Samples.Pause() with
            {
                WaysOut = [WayOut.PasswordReset, WayOut.OfflineCode],
            },
            Samples.Waiting(18)
        );
        Assert.DoesNotContain("by itself", told.Next, StringComparison.Ordinal);
        Assert.DoesNotContain(told.Now, step => step.Contains("manager", StringComparison.Ordinal));
        Assert.Contains("new passcode", told.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_is_offered_only_while_one_is_accepted()
    {
        var remote = Samples.Of(Cause.Remote);
        Assert.Contains("Get help", Explain(remote).Now[^1], StringComparison.Ordinal);
        var usedUp = Samples.Context with { CodeTriesLeft = 0 };
        Assert.DoesNotContain(
            "Get help",
            Explain(remote, usedUp).Now[^1],
            StringComparison.Ordinal
        );
        var tamper = Samples.Of(Cause.Tamper);
        Assert.DoesNotContain("Get help", Explain(tamper).Now[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new Capability[0], "All kinds of payment work as usual.")]
    [InlineData(
        new[] { Capability.PinEntry },
        "Cards without a PIN, QR, refunds and manual records."
    )]
    [InlineData(
        new[] { Capability.CardPayment, Capability.PinEntry, Capability.Refund },
        "QR and manual records."
    )]
    [InlineData(
        new[] { Capability.CardPayment, Capability.QrPayment, Capability.ManualLedger },
        "Refunds."
    )]
    public void What_still_works_is_what_the_scope_leaves(Capability[] scope, string works) =>
        Assert.Equal(
            works,
            Explain(Samples.Of(Cause.HardwareFault) with { Scope = [.. scope] }).StillWorks
        );

    [Fact]
    public void A_pending_lock_lets_the_running_sale_finish_unless_the_terminal_was_opened()
    {
        static string Works(Cause cause) =>
            Explain(Samples.Of(cause) with { Status = LockStatus.Pending }).StillWorks;
        Assert.Contains("begins only after it", Works(Cause.Remote), StringComparison.Ordinal);
        Assert.Contains("even during a sale", Works(Cause.Tamper), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tampered_terminal_is_never_to_be_opened_and_nothing_is_claimed_about_its_money()
    {
        var told = Explain(Samples.Of(Cause.Tamper));
        Assert.StartsWith("Never open the device", told.Warning, StringComparison.Ordinal);
        Assert.DoesNotContain("safe", told.Safe, StringComparison.Ordinal);
    }

    [Fact]
    public void The_providers_message_is_quoted_as_the_providers_on_one_line_and_never_formatted()
    {
        var remote = Samples.Of(Cause.Remote) with { Message = " Fee {0} open.\r\nCall\tus. " };
        const string quote = "The provider says: “Fee {0} open. Call us.”";
        Assert.Contains(quote, Explain(remote).Safe, StringComparison.Ordinal);
        Assert.Equal(
            $"The provider has locked this terminal · E09 · {quote}",
            LockExplainer.Summary(remote, Samples.Context, English)
        );
    }

    [Fact]
    public void Without_a_message_the_summary_is_the_title() =>
        Assert.Equal(
            "操作员03已暂停登录 · E01",
            LockExplainer.Summary(
                Samples.Pause(),
                Samples.Context with
                {
                    OperatorName = "03",
                },
                CultureInfo.GetCultureInfo("zh-CN")
            )
        );

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("*", "en")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("ZH-tw", "zh-Hans")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans")]
    [InlineData("en-GB,zh;q=0.9", "en")]
    [InlineData("fr-FR, zh;q=0.5, en;q=0.4", "zh-Hans")]
    [InlineData("zh;q=0, fr", "en")]
    [InlineData("zh;q=nonsense", "en")]
    [InlineData("zhuang", "en")]
    public void The_language_is_the_preferred_one_of_the_two(string? header, string language) =>
        Assert.Equal(language, LockExplainer.Choose(header).Name);

    [Fact]
    public void An_endless_header_is_not_read() =>
        Assert.Equal("en", LockExplainer.Choose("zh," + new string('x', 10_000)).Name);

    private static string All(Explanation told) =>
        string.Join(
            '\n',
            [told.Title, told.Safe, told.StillWorks, .. told.Now, told.Next, told.Warning]
        );
}
