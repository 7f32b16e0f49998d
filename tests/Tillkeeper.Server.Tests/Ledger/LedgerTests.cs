using System.Text;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Ledger;

/// <summary>W4 at the server: what terminals wrote down is seen by those it belongs to, missing numbers are named.</summary>
public sealed class LedgerTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Records_come_in_oldest_first_with_what_ended_them()
    {
        using var terminal = await NewTerminal();
        await terminal.Report(
            Books.Payment(1, 2850, note: "3号桌"),
            Books.Payment(2, 1000, LedgerMethod.Cash, minutes: 5),
            Books.Payment(3, -2850, minutes: 6, note: "wrong", voids: 1)
        );
        Assert.Equal("1:void 2:open 3:void", await server.Admin.States(terminal));

        var page = await server.Admin.Get($"/api/v1/ledger?terminal={terminal.Id}&limit=1");
        var first = page.Expect(200).Json.GetProperty("items")[0];
        Assert.Equal("static_qr", first.GetProperty("method").GetString());
        Assert.Equal("2026-11-20T04:00:00.000Z", first.GetProperty("at").GetString());
        Assert.Equal("3号桌", first.GetProperty("note").GetString());
        var rest = await server.Admin.Get(
            $"/api/v1/ledger?terminal={terminal.Id}&after={page.Text("next")}"
        );
        Assert.Equal(2, rest.Json.GetProperty("items").GetArrayLength());

        var some = await server.Admin.Get(
            $"/api/v1/ledger?terminal={terminal.Id}&state=open&from=2026-11-20T04:05:00Z&to=2026-11-20T04:06:00Z"
        );
        Assert.Equal(2, some.Json.GetProperty("items")[0].GetProperty("number").GetInt64());
        (await server.Admin.Get("/api/v1/ledger?state=lost")).Refuses(422, "invalid", "state");
    }

    [Fact]
    public async Task Numbers_that_have_not_come_in_are_named()
    {
        using var terminal = await NewTerminal();
        await terminal.Report(Books.Payment(2, 100), Books.Payment(3, 100), Books.Payment(7, 100));
        var gaps = (await server.Admin.Get($"/api/v1/ledger/gaps?terminal={terminal.Id}"))
            .Expect(200)
            .Json.GetProperty("items");
        Assert.Equal(
            [(1, 1), (4, 6)],
            gaps.EnumerateArray()
                .Select(g => (g.GetProperty("from").GetInt32(), g.GetProperty("to").GetInt32()))
        );
    }

    [Fact]
    public async Task A_terminal_that_checks_nothing_puts_no_card_number_and_no_second_truth_in()
    {
        using var terminal = await NewTerminal();
        await terminal.Report(
            Books.Payment(1, 100, note: "4111 1111 1111 1111"),
            Books.Payment(1, 999),
            Books.Payment(2, long.MinValue),
            Books.Payment(-3, 100),
            Books.Payment(4, 100) with
            {
                Book = new string('x', 400),
            }
        );
        var seen = await server.Admin.Get($"/api/v1/ledger?terminal={terminal.Id}");
        var only = Assert.Single(seen.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(100, only.GetProperty("amountMinor").GetInt64());
        Assert.Equal("411111****1111", only.GetProperty("note").GetString());
    }

    [Fact]
    public async Task The_export_holds_every_record_and_no_formula()
    {
        using var terminal = await NewTerminal();
        await terminal.Report(
            Books.Payment(1, 100, reference: "=HYPERLINK(\"http://x\")", note: "a,\"b\""),
            Books.Payment(2, -100, note: " @SUM(A1)", voids: 1),
            Books.Payment(3, 5, note: "＝1+1")
        );
        using var response = await server.Admin.Client.GetAsync(
            $"/api/v1/ledger.csv?terminal={terminal.Id}"
        );
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal(5, lines.Length);
        Assert.Contains(
            ",100,static_qr,\"'=HYPERLINK(\"\"http://x\"\")\",\"a,\"\"b\"\"\",",
            lines[1]
        );
        Assert.Contains(",-100,static_qr,,' @SUM(A1),", lines[2]);
        Assert.Contains(",'＝1+1,", lines[3]);
    }

    [Theory]
    [InlineData("+86 138", "'+86 138")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("three", "three")]
    [InlineData(null, "")]
    public void Text_that_a_spreadsheet_would_run_is_text(string? text, string shown) =>
        Assert.Equal(shown, Spreadsheet.Plain(text));

    private async Task<DoorTerminal> NewTerminal() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
}
