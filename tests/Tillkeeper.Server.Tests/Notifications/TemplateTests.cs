using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Notifications.Templates;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Notifications;

/// <summary>Texts in files, and when they may be heard.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("---\ntitle: Hello\n---\nAt {{time}} {{pin}}.", 4, "{{pin}} is none of")]
    [InlineData("---\ntitle: {{code}}\n---\nText", 2, "{{code}} is none of")]
    [InlineData("---\ntitle: Hello\n---\nAt {{ time }}", 4, "looks like {{name}}")]
    [InlineData("title: Hello\nText", 1, "front matter")]
    [InlineData("---\ntitle: Hello\nfrom: me\n---\nText", 3, "only one 'title")]
    [InlineData("---\ntitle:\n---\nText", 2, "give a title")]
    [InlineData("---\ntitle: Hello\n---\n", 4, "give a text")]
    public void A_wrong_text_is_told_with_file_and_line(string text, int line, string problem)
    {
        var told = Assert.Throws<TemplateException>(() => Template.Parse("a.md", text, ["time"]));
        Assert.StartsWith($"a.md:{line}: ", told.Message, StringComparison.Ordinal);
        Assert.Contains(problem, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_filled_in_makes_no_lines_of_its_own()
    {
        var text = Template
            .Parse("a.md", "---\ntitle: {{shop}}\n---\n{{shop}} opens.", ["shop"])
            .Render(
                new Dictionary<string, string> { ["shop"] = "A\r\nBcc: all@example.com {{x}}" }
            );
        Assert.Equal("A Bcc: all@example.com {{x}}", text.Title);
        Assert.Equal("A Bcc: all@example.com {{x}} opens.", text.Text);
    }

    [Fact]
    public void Every_kind_has_a_text_for_everybody_it_is_for_in_both_languages()
    {
        var book = TemplateBook.Load(null);
        foreach (var kind in NotificationKinds.All)
        {
            var facts = kind.Placeholders.ToDictionary(name => name, name => $"<{name}>");
            foreach (var audience in kind.Audiences)
            {
                var chinese = book.Render(kind.Kind, audience, "zh", facts).Text;
                var english = book.Render(kind.Kind, audience, "en", facts).Text;
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", chinese);
                // Full width, as Chinese is written.
                Assert.DoesNotMatch(@"[,;:!?()]", chinese);
                Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", english);
            }
        }
    }

    [Fact]
    public void An_operators_own_text_stands_in_and_one_that_nobody_asks_for_is_an_error()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder.File("test.all.en.md"), "---\ntitle: Mine\n---\nOur own.");
        var text = TemplateBook
            .Load(folder.Path)
            .Render(NotificationKind.Test, Audience.Agent, "en", new Dictionary<string, string>());
        Assert.Equal("Our own.", text.Text);
        File.WriteAllText(folder.File("lock_begin.all.en.md"), "---\ntitle: Slip\n---\nText.");
        var told = Assert.Throws<TemplateException>(() => TemplateBook.Load(folder.Path));
        Assert.Contains("lock_begin.all.en.md", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-22T15:00Z", "22:00", "07:00", "2026-11-22T23:00Z")]
    [InlineData("2026-11-22T20:00Z", "22:00", "07:00", "2026-11-22T23:00Z")]
    [InlineData("2026-11-22T23:00Z", "22:00", "07:00", "2026-11-22T23:00Z")]
    [InlineData("2026-11-22T13:59Z", "22:00", "07:00", "2026-11-22T13:59Z")]
    [InlineData("2026-11-22T05:00Z", "12:00", "14:00", "2026-11-22T06:00Z")]
    [InlineData("2026-11-22T05:00Z", "13:00", "13:00", "2026-11-22T05:00Z")]
    public void Quiet_hours_are_those_of_the_shop(string now, string from, string to, string awake)
    {
        QuietHours.TryRead(from, out var begin);
        QuietHours.TryRead(to, out var end);
        QuietHours quiet = new(begin, end, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(
            DateTimeOffset.Parse(awake, culture),
            quiet.FirstAwake(DateTimeOffset.Parse(now, culture))
        );
    }

    [Fact]
    public void Where_summer_time_skips_the_hour_of_waking_they_wake_right_after()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        QuietHours quiet = new(new(22, 0), new(2, 30), berlin);
        var awake = quiet.FirstAwake(new DateTimeOffset(2026, 3, 29, 0, 30, 0, TimeSpan.Zero));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero),
            awake.ToUniversalTime()
        );
    }

    [Fact]
    public void What_is_sent_cannot_break_out_of_its_place_in_a_request()
    {
        var json = HttpBody.Fill("""{"t":"{{text}}"}""", HttpBody.Json, _ => "\",\"to\":\"x\n终端");
        Assert.Equal(
            "\",\"to\":\"x\n终端",
            System.Text.Json.JsonElement.Parse(json).GetProperty("t").GetString()
        );
        Assert.Equal(
            "t=a%26to%3Db",
            HttpBody.Fill("t={{text}}", "application/x-www-form-urlencoded", _ => "a&to=b")
        );
    }
}
