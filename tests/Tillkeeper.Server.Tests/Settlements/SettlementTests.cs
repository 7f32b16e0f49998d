using System.Text;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Server.Tests.Ledger;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;

namespace Tillkeeper.Server.Tests.Settlements;

/// <summary>W4: what was written down by hand, against what the acquirer settled.</summary>
public sealed class SettlementTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Csv = """
        时间,金额,单号,卡号
        2026-11-20 12:01:00,28.50,`4200001111,6222020200112233446
        2026-11-20 12:20:00,"1,000.00",,
        2026-11-20 12:21:00,7.00,4200002222,
        2026-11-20 12:21:00,7.00,4200002222,
        2026-11-20 12:30:00,-7.00,4200003333,
        合计,1035.50,,
        """;

    [Fact]
    public async Task A_file_settles_what_was_written_down_and_names_the_rest()
    {
        var (merchant, terminal) = await NewShop();
        using var _ = terminal;
        await terminal.Report(
            Books.Payment(1, 2850, reference: "1111"),
            Books.Payment(2, 100_000, LedgerMethod.Transfer, minutes: 19),
            Books.Payment(3, 999),
            Books.Payment(4, 700, LedgerMethod.Cash, minutes: 21),
            Books.Payment(5, 2850, reference: "1111"),
            Books.Payment(6, -2850, reference: "1111", voids: 5)
        );
        var made = (await Import(merchant, Csv, "gb18030")).Expect(201);
        Assert.Equal((4, 2, 1, 2), Counts(made));
        Assert.Equal(
            "1:matched 2:matched 3:open 4:open 5:void 6:void",
            await server.Admin.States(terminal)
        );

        var at = $"/api/v1/settlements/{made.Text("id")}";
        var seen = (await server.Admin.Get(at)).Expect(200).Json;
        Assert.Equal(1, seen.GetProperty("unmatched").GetInt32());
        var lines = await server.Admin.Get($"{at}/lines?unmatched=true");
        var missing = Assert.Single(lines.Expect(200).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(700, missing.GetProperty("amountMinor").GetInt64());
        Assert.DoesNotContain("622202", lines.Body, StringComparison.Ordinal);

        // The record that was on its way comes in, and is found when somebody looks again.
        await terminal.Report(Books.Payment(7, 700, minutes: 25));
        var again = await server.Admin.Post($"{at}/match", new { });
        Assert.Equal(1, again.Expect(200).Json.GetProperty("matched").GetInt32());
        Assert.EndsWith("7:matched", await server.Admin.States(terminal));
        RebuildTests.Compare(
            server,
            "manual_records",
            "record_states",
            "settlements",
            "settlement_lines",
            "settlement_mappings"
        );
    }

    [Fact]
    public async Task The_same_file_counts_once_and_a_payment_of_an_earlier_file_is_a_duplicate()
    {
        var (merchant, terminal) = await NewShop();
        using var _ = terminal;
        (await Import(merchant, Csv)).Expect(201);
        (await Import(merchant, Csv)).Refuses(409, "already_imported");
        var next = await Import(merchant, Csv + "\n2026-11-21 08:00:00,1.00,4200009999,\n");
        Assert.Equal((5, 0, 3, 2), Counts(next.Expect(201)));
    }

    [Fact]
    public async Task Somebody_judges_what_no_file_accounts_for()
    {
        var (_, terminal) = await NewShop();
        using var _ = terminal;
        await terminal.Report(Books.Payment(1, 500, LedgerMethod.Cash), Books.Payment(2, 500));
        var first = $"/api/v1/ledger/{Books.IdOf(terminal, 1)}/judgement";
        (await server.Admin.Post(first, new { state = "matched" })).Refuses(
            422,
            "invalid",
            "reason"
        );
        (await server.Admin.Post(first, new { state = "void", reason = "x" })).Refuses(
            422,
            "invalid",
            "state"
        );
        var judged = await server.Admin.Post(
            first,
            new { state = "matched", reason = "counted at the till" }
        );
        Assert.Equal("matched", judged.Expect(200).Text("state"));
        var second = $"/api/v1/ledger/{Books.IdOf(terminal, 2)}/judgement";
        (await server.Admin.Post(second, new { state = "written_off", reason = "gone" })).Expect(
            200
        );
        Assert.Equal("1:matched 2:written_off", await server.Admin.States(terminal));

        // Ended at the terminal after somebody had accounted for it: somebody has to look.
        await terminal.Report(Books.Payment(3, -500, LedgerMethod.Cash, voids: 1));
        Assert.Equal("1:disputed 2:written_off 3:void", await server.Admin.States(terminal));
        (
            await server.Admin.Post(
                $"/api/v1/ledger/{Books.IdOf(terminal, 3)}/judgement",
                new { state = "open", reason = "x" }
            )
        ).Refuses(409, "record_void");
    }

    [Theory]
    [InlineData("时间,金额\n2026-11-20 12:01:00,1.00\n")]
    [InlineData("时间,金额,单号\n2026-11-20 12:01:00,much,1\n")]
    [InlineData("时间,金额,单号\nsum,1.00,1\n")]
    [InlineData("")]
    [InlineData("\u0000\u0001\"\"\"")]
    public async Task A_file_that_is_not_understood_is_refused_whole(string content)
    {
        var (merchant, terminal) = await NewShop();
        using var _ = terminal;
        (await Import(merchant, content)).Refuses(422, "invalid", "file");
    }

    [Fact]
    public async Task Only_the_provider_says_how_files_are_read_and_says_it_right()
    {
        var org = await Tree.NewOrg(server, "Agent");
        var agent = await server.Person("agent", org);
        (await agent.PutJson("/api/v1/settlement-mappings/x", Mapping())).Refuses(
            403,
            "provider_only"
        );
        (
            await server.Admin.PutJson(
                "/api/v1/settlement-mappings/x",
                new
                {
                    time = "t",
                    amount = "a",
                    timeFormat = "yyyy-MM-dd",
                    zone = "Mars/Olympus",
                }
            )
        ).Refuses(422, "invalid", "zone");
        var merchant = await Shop.NewMerchant(server, null);
        (
            await server.Admin.Client.Ask(
                new HttpRequestMessage(
                    HttpMethod.Post,
                    $"/api/v1/settlements?merchant={merchant}&acquirer=nobody&name=x"
                )
                {
                    Content = new StringContent("a,b\n1,2\n"),
                }
            )
        ).Refuses(409, "mapping_missing");
    }

    private static object Mapping(string encoding = "utf-8") =>
        new
        {
            time = "时间",
            amount = "金额",
            reference = "单号",
            timeFormat = "yyyy-MM-dd HH:mm:ss",
            zone = "Asia/Shanghai",
            encoding,
        };

    private async Task<Answer> Import(string merchant, string csv, string encoding = "utf-8")
    {
        (
            await server.Admin.PutJson($"/api/v1/settlement-mappings/{encoding}", Mapping(encoding))
        ).Expect(204);
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.UTF8;
        using HttpRequestMessage request = new(
            HttpMethod.Post,
            $"/api/v1/settlements?merchant={merchant}&acquirer={encoding}&name=day.csv"
        )
        {
            Content = new ByteArrayContent(bytes.GetBytes(csv)),
        };
        return await server.Admin.Client.Ask(request);
    }

    private static (int, int, int, int) Counts(Answer made) =>
        (
            made.Json.GetProperty("lines").GetInt32(),
            made.Json.GetProperty("matched").GetInt32(),
            made.Json.GetProperty("duplicates").GetInt32(),
            made.Json.GetProperty("skipped").GetInt32()
        );

    private async Task<(string Merchant, DoorTerminal Terminal)> NewShop()
    {
        var merchant = await Shop.NewMerchant(server, null);
        return (merchant, await DoorTerminal.Enrol(server, merchant));
    }
}
