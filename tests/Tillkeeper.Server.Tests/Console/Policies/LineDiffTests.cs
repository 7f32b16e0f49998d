using Tillkeeper.Server.Console.Policies;

namespace Tillkeeper.Server.Tests.Console.Policies;

/// <summary>What differs between two policy files, as people read it.</summary>
public sealed class LineDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "a\nb", "+a +b")]
    [InlineData("a\nb", "", "-a -b")]
    [InlineData("a\nb\nc", "a\nc", " a -b  c")]
    [InlineData("a\nc", "a\nb\nc\n", " a +b  c")]
    [InlineData("a\nb\nc", "a\nx\nc", " a -b +x  c")]
    [InlineData("a\r\nb", "a\nb", " a  b")]
    public void Common_lines_stay_and_the_others_are_gone_or_new(
        string before,
        string after,
        string expected
    ) => Assert.Equal(expected, Text(LineDiff.Of(before, after)));

    [Fact]
    public void Either_text_can_be_read_off_it()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var (before, after) = (Lines(random), Lines(random));
            var diff = LineDiff.Of(string.Join('\n', before), string.Join('\n', after));
            Assert.Equal(before, diff.Where(l => l.Sign != '+').Select(l => l.Text));
            Assert.Equal(after, diff.Where(l => l.Sign != '-').Select(l => l.Text));
        }
    }

    [Fact]
    public void A_text_that_is_too_long_is_told_whole()
    {
        var text = string.Join('\n', Enumerable.Repeat("a", 1501));
        Assert.Equal(3002, LineDiff.Of(text, text).Count);
    }

    private static string[] Lines(Random random) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 12))
                .Select(_ => ((char)('a' + random.Next(4))).ToString()),
        ];

    private static string Text(IReadOnlyList<DiffLine> lines) =>
        string.Join(' ', lines.Select(l => $"{l.Sign}{l.Text}"));
}
