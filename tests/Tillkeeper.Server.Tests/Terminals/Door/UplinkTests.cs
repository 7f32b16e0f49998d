using System.Text.Json;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary><c>POST /terminal/v1/events</c>: numbered, chained, idempotent.</summary>
public sealed class UplinkTests(RunningServer server) : IClassFixture<RunningServer>
{
    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));

    private static long Acknowledged(Answer answer) =>
        answer.Json.GetProperty("acknowledged").GetInt64();

    [Fact]
    public async Task Events_are_acknowledged_by_the_number_of_the_last()
    {
        using var terminal = await EnrolAsync();
        var lines = Line.Run(5);
        Assert.Equal(3, Acknowledged((await terminal.Send(lines[..3])).Expect(200)));
        Assert.Equal(5, Acknowledged((await terminal.Send(lines[3..])).Expect(200)));
    }

    [Fact]
    public async Task A_repeat_is_harmless_whole_in_part_or_of_something_old()
    {
        using var terminal = await EnrolAsync();
        var lines = Line.Run(30);
        await terminal.Send(lines);
        var before = LogHeads.Of(server);
        foreach (var repeat in new[] { lines, lines[..1], lines[7..9], lines[29..] })
        {
            Assert.Equal(30, Acknowledged((await terminal.Send(repeat)).Expect(200)));
        }
        Assert.Equal(before, LogHeads.Of(server));

        var more = Line.Run(2, lines[^1]);
        Assert.Equal(
            32,
            Acknowledged((await terminal.Send([.. lines[20..], .. more])).Expect(200))
        );
    }

    [Fact]
    public async Task A_gap_is_a_409_that_names_the_number_expected_and_keeps_what_came_before()
    {
        using var terminal = await EnrolAsync();
        var lines = Line.Run(6);
        var first = await terminal.Send(lines[2..3]);
        first.Refuses(409, "gap");
        Assert.Equal(1, first.Json.GetProperty("expected").GetInt64());

        var second = await terminal.Send(lines[0], lines[1], lines[3], lines[4]);
        second.Refuses(409, "gap");
        Assert.Equal(3, second.Json.GetProperty("expected").GetInt64());
        Assert.Equal(6, Acknowledged((await terminal.Send(lines[2..])).Expect(200)));
    }

    public static TheoryData<string> Contradictions =>
        [
            "last event, other data",
            "old event, other data",
            "old event, other prev",
            "next event, other prev",
        ];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task A_contradiction_is_a_409_fork_and_locks_the_terminal_by_an_order(string kind)
    {
        using var terminal = await EnrolAsync();
        var lines = Line.Run(40);
        await terminal.Send(lines);
        var other = kind switch
        {
            "last event, other data" => lines[^1] with { Data = """{"nth": 7}""" },
            "old event, other data" => lines[3] with { Data = """{"nth":3}""" },
            "old event, other prev" => lines[3] with { Prev = lines[4].Prev },
            _ => Line.After(lines[^1]) with { Prev = lines[3].Hash },
        };
        (await terminal.Send(other)).Refuses(409, "fork");

        var order = Assert.Single(await terminal.Orders());
        Assert.Equal(("lock", "Binding"), (order.Kind, order.Lock!.Cause.ToString()));
        var verdict = await server.Admin.Get(
            $"/api/v1/terminals/{terminal.Id}/verdict?capability=card_payment"
        );
        Assert.False(verdict.Json.GetProperty("allow").GetBoolean());

        // Said again it is no second alarm, and the honest one of the two goes on.
        var before = LogHeads.Of(server);
        (await terminal.Send(other)).Refuses(409, "fork");
        Assert.Equal(before, LogHeads.Of(server));
        Assert.Equal(41, Acknowledged((await terminal.Send(Line.After(lines[^1]))).Expect(200)));
    }

    [Fact]
    public async Task Events_of_types_nobody_knows_yet_are_taken_and_shown_as_they_are()
    {
        using var terminal = await EnrolAsync();
        var line = Line.After(
            null,
            "printer.jammed.v9",
            """{ "sheets" : 1.50,  "wörd":"\u00e9\n", "deep":{"a":[1,{"b":null}]} }"""
        );
        (await terminal.Send(line)).Expect(200);
        (await terminal.Send(line)).Expect(200);
        var shown = await server.Admin.Get($"/api/v1/terminals/{terminal.Id}/events");
        var last = shown.Json.GetProperty("items").EnumerateArray().Last();
        Assert.Equal("printer.jammed.v9", last.GetProperty("type").GetString());
        Assert.Equal(line.At, last.GetProperty("reportedAt").GetString());
        Assert.True(
            JsonElement.DeepEquals(
                JsonDocument.Parse(line.Data).RootElement,
                last.GetProperty("data")
            )
        );
    }

    [Fact]
    public async Task Five_hundred_and_twelve_events_are_taken_at_once_and_not_one_more()
    {
        using var terminal = await EnrolAsync();
        var lines = Line.Run(513);
        (await terminal.Send(lines)).Refuses(422, "invalid", "events");
        (await terminal.Send()).Refuses(422, "invalid", "events");
        Assert.Equal(512, Acknowledged((await terminal.Send(lines[..512])).Expect(200)));
    }

    public static TheoryData<string> Malformed =>
        [
            """{}""",
            """{"events":null}""",
            """{"events":[null]}""",
            """{"events":[{}]}""",
            """{"events":{"seq":1}}""",
            """{"events":[{"seq":0,"prev":"P","type":"t","at":"a","data":{}}]}""",
            """{"events":[{"seq":-1,"prev":"P","type":"t","at":"a","data":{}}]}""",
            """{"events":[{"seq":1.5,"prev":"P","type":"t","at":"a","data":{}}]}""",
            """{"events":[{"seq":1,"prev":"00","type":"t","at":"a","data":{}}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"","at":"a","data":{}}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"t","data":{}}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"t","at":"a"}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"t","at":"a","data":[]}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"t","at":"a","data":"{}"}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"t","at":"a","data":{"half":"\ud800"}}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"t","at":"a","data":{"\uDC00":1}}]}""",
            """{"events":[{"seq":1,"prev":"P","type":"t","at":"a","data":{}}""",
        ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_no_batch_of_events_is_a_422_and_takes_nothing(string body)
    {
        using var terminal = await EnrolAsync();
        var before = LogHeads.Of(server);
        var answer = await terminal.SendText(
            body.Replace("\"P\"", $"\"{new string('0', 64)}\"", StringComparison.Ordinal)
        );
        Assert.Equal((422, "invalid"), (answer.Status, answer.Code));
        Assert.NotEmpty(answer.Field);
        Assert.Equal(before, LogHeads.Of(server));
    }

    /// <summary>One terminal with a fault must not get stuck on it, and never makes the server fail.</summary>
    [Theory]
    [InlineData("lock.begun.v1", """{"lock":null}""")]
    [InlineData("lock.begun.v1", """{"lock":{"id":null}}""")]
    [InlineData("lock.begun.v1", """{"lock":5,"clock":"x"}""")]
    [InlineData("lock.ended.v1", """{"lockId":null,"wayOut":"wait","clock":{"boot":"b","ms":1}}""")]
    [InlineData("lock.ended.v1", """{"lockId":"X","wayOut":"magic","clock":{"boot":"b","ms":1}}""")]
    [InlineData("order.applied.v1", """{"number":99999999999999999999,"kind":"lock"}""")]
    [InlineData("order.applied.v1", """{"number":-5,"kind":null}""")]
    [InlineData(
        "order.refused.v1",
        """{"number":9223372036854775807,"kind":"x","code":"expired"}"""
    )]
    [InlineData("device.started.v1", """{"clock":{"boot":null,"ms":0},"program":null}""")]
    [InlineData("state.lost.v1", """{"problem":["a"]}""")]
    [InlineData("operator.signed_in.v1", """{"operator":"x","role":"king"}""")]
    [InlineData(
        "policy.changed.v1",
        """{"policy":{"wrongPassword":{"lockFor":"P99999999999D"}}}"""
    )]
    [InlineData("drawer.opened.v1", """{"a":1,"a":2}""")]
    [InlineData("drawer.opened.v1", """{"big":1e999999}""")]
    [InlineData("drawer.opened.v1", """{"text":"\ud83d\ude00 \u0000 \\ud800"}""")]
    public async Task Data_that_makes_no_sense_does_not_stop_a_terminal(string type, string data)
    {
        using var terminal = await EnrolAsync();
        var odd = Line.After(null, type, data);
        (await terminal.Send(odd)).Expect(200);
        (await terminal.Send(Line.After(odd))).Expect(200);
        var path = $"/api/v1/terminals/{terminal.Id}";
        (await server.Admin.Get(path)).Expect(200);
        (await server.Admin.Get($"{path}/events")).Expect(200);
    }
}
