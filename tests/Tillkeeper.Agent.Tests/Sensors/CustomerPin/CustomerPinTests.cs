using System.Net;
using System.Text.Json;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Sensors.CustomerPin;

/// <summary>What the payment program reports at the end of transactions, and what becomes of it.</summary>
public sealed class CustomerPinTests
{
    private const string Pan = "6222021234567894";

    [Fact]
    public async Task Wrong_pins_over_several_cards_lock_pin_entry_and_survive_a_restart()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await EndsAsync(terminal, """{"outcome":"wrong_pin","cardRef":"tok-a"}""", 3);
        await EndsAsync(terminal, """{"responseCode":"55","cardRef":"tok-b"}""", 3);
        await terminal.RestartAsync();
        await EndsAsync(terminal, """{"responseCode":"75","cardRef":"tok-c"}""", 1);
        await EndsAsync(terminal, """{"outcome":"pin_tries_exceeded","cardRef":"tok-d"}""", 1);
        Assert.True(await terminal.AllowsAsync("pin_entry"));
        await EndsAsync(terminal, """{"responseCode":"38","cardRef":"tok-d"}""", 1);

        Assert.False(await terminal.AllowsAsync("pin_entry"));
        Assert.True(await terminal.AllowsAsync("qr_payment"));
        Assert.True(await terminal.AllowsAsync("card_payment"));
        var raised = Assert.Single(await terminal.LocksAsync());
        Assert.Equal("E02", raised.GetProperty("code").GetString());
        Assert.Contains(
            "9 wrong card PINs on 4 cards.",
            raised.GetProperty("explanation").GetProperty("safe").GetString(),
            StringComparison.Ordinal
        );
        terminal.Clock.Advance(TimeSpan.FromMinutes(31));
        await terminal.RoundAsync();
        Assert.True(await terminal.AllowsAsync("pin_entry"));
        // The till's staff have nothing to do with it.
        await terminal.SignInAsync("anna", "739402");
    }

    [Theory]
    [InlineData($$"""{"outcome":"wrong_pin","cardRef":"{{Pan}}"}""")]
    [InlineData("""{"outcome":"wrong_pin","cardRef":6222021234567894}""")]
    [InlineData("""{"outcome":"wrong_pin","cardRef":"PAN 6222-0212-3456-7894"}""")]
    public async Task A_card_number_is_refused_and_the_transaction_ends_all_the_same(string body)
    {
        await using var terminal = await TestTerminal.StartAsync();
        var id = await BeginAsync(terminal);
        var answer = await EndAsync(terminal, id, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("cardRef", answer.Body.GetProperty("field").GetString());
        Assert.DoesNotContain("6222", answer.Body.ToString(), StringComparison.Ordinal);
        var status = (await terminal.GetAsync("status")).Body;
        Assert.False(status.GetProperty("inTransaction").GetBoolean());
        await Eventually.TrueAsync(() => Sales(terminal).Count == 1, "the end is reported");
        Assert.Equal("wrong_pin", Sales(terminal)[0].GetProperty("outcome").GetString());
        Assert.False(Sales(terminal)[0].TryGetProperty("card", out _));
        await terminal.StopAsync();
        Assert.DoesNotContain(
            Pan,
            await File.ReadAllTextAsync(terminal.JournalFile),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_journal_holds_only_a_hash_that_another_terminal_would_make_differently()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await using var other = await TestTerminal.StartAsync();
        const string token = "9f86d081884c7d6594111111111111111f4bf1b2b0b822cd15d6c15b0f00a08ab";
        foreach (var till in (TestTerminal[])[terminal, other])
        {
            await EndsAsync(till, $$"""{"outcome":"approved","cardRef":"{{token}}"}""", 2);
            await EndsAsync(till, """{"outcome":"approved","cardRef":"another"}""", 1);
            await Eventually.TrueAsync(() => Sales(till).Count == 3, "all are reported");
        }
        var cards = Sales(terminal).Select(s => s.GetProperty("card").GetString()!).ToArray();
        Assert.Equal(cards[0], cards[1]);
        Assert.NotEqual(cards[0], cards[2]);
        Assert.NotEqual(cards[0], Sales(other)[0].GetProperty("card").GetString());
        Assert.Equal(10, cards[0].Length);
        await terminal.StopAsync();
        Assert.DoesNotContain(
            token,
            await File.ReadAllTextAsync(terminal.JournalFile),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, "unknown")]
    [InlineData("not json", "unknown")]
    [InlineData("{}", "unknown")]
    [InlineData("""{"outcome":"sold"}""", "unknown")]
    [InlineData("""{"outcome":"approved","responseCode":"55"}""", "approved")]
    [InlineData("""{"responseCode":"00"}""", "approved")]
    [InlineData("""{"responseCode":"51"}""", "declined")]
    [InlineData("""{"responseCode":"5500"}""", "unknown")]
    public async Task Whatever_is_said_it_is_the_end(string? body, string outcome)
    {
        await using var terminal = await TestTerminal.StartAsync();
        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            EndAsync(terminal, await BeginAsync(terminal), body)
        );
        await Eventually.TrueAsync(() => Sales(terminal).Count == 1, "the end is reported");
        var sale = Sales(terminal)[0];
        Assert.Equal(outcome, sale.GetProperty("outcome").GetString());
        Assert.Equal("card_payment", sale.GetProperty("capability").GetString());
        Assert.Equal(2850, sale.GetProperty("amountMinor").GetInt64());
    }

    private static async Task EndsAsync(TestTerminal terminal, string body, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await terminal.ExpectAsync(
                HttpStatusCode.NoContent,
                EndAsync(terminal, await BeginAsync(terminal), body)
            );
        }
    }

    private static async Task<string> BeginAsync(TestTerminal terminal) =>
        (
            await terminal.ExpectAsync(
                HttpStatusCode.Created,
                terminal.PostAsync(
                    "transactions",
                    """{"capability":"card_payment","amountMinor":2850}"""
                )
            )
        )
            .Body.GetProperty("id")
            .GetString()!;

    private static Task<Answer> EndAsync(TestTerminal terminal, string id, string? body) =>
        terminal.SendAsync(
            new HttpRequestMessage(HttpMethod.Delete, $"transactions/{id}")
            {
                Content = body is null ? null : new StringContent(body),
            }
        );

    private static List<JsonElement> Sales(TestTerminal terminal) =>
        [.. terminal.Server.Events.Where(e => e.Type == "sale.ended.v1").Select(e => e.Data)];
}
