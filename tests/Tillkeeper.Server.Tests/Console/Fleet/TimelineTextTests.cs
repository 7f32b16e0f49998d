using System.Text.Json;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Console.Fleet;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Tests.Console.Fleet;

/// <summary>The timeline of a terminal is read by people.</summary>
public sealed class TimelineTextTests
{
    [Fact]
    public void Whatever_can_stand_in_the_timeline_is_a_sentence_in_both_languages()
    {
        var types = EventCatalogue
            .Device.Names.Concat(EventCatalogue.Terminal.Names)
            // It shows as what was reported.
            .Where(name => name != "terminal.reported.v1")
            .ToArray();
        Assert.True(types.Length > 45);
        foreach (var say in new[] { Phrases.English, Phrases.Chinese }.Select(c => new Phrases(c)))
        {
            Assert.DoesNotContain(types, type => Text(type, "{}", say).Contains('.'));
        }
    }

    [Theory]
    [InlineData("lock.begun.v1", """{"lock":{"cause":"remote"}}""", "已锁定：")]
    [InlineData("order.applied.v1", """{"kind":"policy"}""", "指令：策略")]
    [InlineData("lock.ended.v1", """{"wayOut":"self_test"}""", "已结束：自检")]
    [InlineData("ledger.recorded.v1", """{"kind":"cash"}""", "手工登记了一笔交易")]
    [InlineData("from.tomorrow.v7", "{}", "from.tomorrow")]
    public void It_says_which_lock_and_which_order(string type, string data, string part) =>
        Assert.Contains(part, Text(type, data, new Phrases(Phrases.Chinese)));

    private static string Text(string type, string data, Phrases say) =>
        TimelineText.Of(
            new TerminalHistory.EventView(
                "1",
                DateTimeOffset.UnixEpoch,
                type,
                "server",
                "",
                JsonElement.Parse(data),
                null
            ),
            say
        );
}
