using System.Net;
using System.Text.Json;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Ledger;

/// <summary>W4 over the local API: the shop goes on writing down what it takes, whatever else is locked.</summary>
public sealed class LedgerTests
{
    private const string Cash =
        """{"id":"r-1","amountMinor":2850,"method":"cash","note":"3号桌"}""";

    [Fact]
    public async Task A_locked_terminal_records_reports_and_remembers()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.PostAsync(
            "orders",
            JsonSerializer.Serialize(
                new { orders = new[] { terminal.Server.Next(o => o.Locking("A0A0A0A0A0")) } }
            )
        );
        Assert.False(await terminal.AllowsAsync());
        Assert.True(await terminal.AllowsAsync("manual_ledger"));

        var written = await terminal.ExpectAsync(
            HttpStatusCode.Created,
            terminal.PostAsync(
                "ledger",
                """{"amountMinor":2850,"method":"static_qr","operator":"Anna"}"""
            )
        );
        Assert.Equal(1, written.Body.GetProperty("number").GetInt64());
        Assert.Equal("anna", written.Body.GetProperty("operator").GetString());
        Assert.False(written.Body.GetProperty("signedIn").GetBoolean());
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Any(e => e.Type == "ledger.recorded.v1"),
            "it is reported"
        );

        await terminal.RestartAsync();
        await terminal.ExpectAsync(HttpStatusCode.Created, terminal.PostAsync("ledger", Cash));
        Assert.Equal("2 1", await NumbersAsync(terminal));
    }

    [Fact]
    public async Task Where_somebody_can_sign_in_a_record_says_who_wrote_it()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var refused = await terminal.ExpectAsync(
            HttpStatusCode.Unauthorized,
            terminal.PostAsync("ledger", Cash)
        );
        Assert.Equal("sign_in_required", refused.Code);
        await terminal.ExpectAsync(HttpStatusCode.Unauthorized, terminal.GetAsync("ledger"));

        var session = await terminal.SignInAsync("anna", "739402");
        var written = await terminal.ExpectAsync(
            HttpStatusCode.Created,
            terminal.PostAsync("ledger", Cash, session)
        );
        Assert.Equal("anna", written.Body.GetProperty("operator").GetString());
        Assert.True(written.Body.GetProperty("signedIn").GetBoolean());

        var again = await terminal.ExpectAsync(
            HttpStatusCode.OK,
            terminal.PostAsync("ledger", Cash, session)
        );
        Assert.Equal(1, again.Body.GetProperty("number").GetInt64());
        Assert.Equal("1", await NumbersAsync(terminal, session));
    }

    [Fact]
    public async Task A_wrong_one_is_ended_by_a_counter_entry_that_says_why()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var session = await terminal.SignInAsync("boss", "582931");
        await terminal.PostAsync("ledger", Cash, session);

        var silent = await terminal.ExpectAsync(
            HttpStatusCode.UnprocessableEntity,
            terminal.PostAsync("ledger/1/void", "{}", session)
        );
        Assert.Equal("note", silent.Body.GetProperty("field").GetString());
        var ended = await terminal.ExpectAsync(
            HttpStatusCode.Created,
            terminal.PostAsync("ledger/1/void", """{"note":"typed twice"}""", session)
        );
        Assert.Equal(-2850, ended.Body.GetProperty("amountMinor").GetInt64());
        Assert.Equal(1, ended.Body.GetProperty("voids").GetInt64());

        var items = (await terminal.GetAsync("ledger", session)).Body.GetProperty("items");
        Assert.Equal(2, items[1].GetProperty("voidedBy").GetInt64());
    }

    [Theory]
    [InlineData("""{"amountMinor":1,"method":"cash","note":"4111 1111 1111 1111"}""", "note")]
    [InlineData("""{"amountMinor":1,"method":"cash","reference":"CVV 123"}""", "reference")]
    [InlineData("""{"amountMinor":1,"method":"cash","operator":"4111111111111111"}""", "operator")]
    [InlineData("""{"amountMinor":1,"method":"card"}""", "method")]
    [InlineData("""{"amountMinor":"1.5","method":"cash"}""", "amountMinor")]
    [InlineData("""{"amountMinor":-1,"method":"cash"}""", "amountMinor")]
    [InlineData("""{"amountMinor":1,"method":"cash","id":"a b"}""", "id")]
    public async Task What_must_not_be_recorded_is_refused_by_its_field(string body, string field)
    {
        // Nobody is set up: nobody could sign in.
        await using var terminal = await TestTerminal.StartAsync();
        var refused = await terminal.ExpectAsync(
            HttpStatusCode.UnprocessableEntity,
            terminal.PostAsync("ledger", body)
        );
        Assert.Equal(field, refused.Body.GetProperty("field").GetString());
        Assert.Equal(0, terminal.Till.State.Ledger.Last);
    }

    private static async Task<string> NumbersAsync(TestTerminal terminal, string? session = null) =>
        string.Join(
            ' ',
            (await terminal.GetAsync("ledger", session))
                .Body.GetProperty("items")
                .EnumerateArray()
                .Select(r => r.GetProperty("number").GetInt64())
        );
}
