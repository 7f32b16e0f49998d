using System.Diagnostics;
using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;
using Shop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Server.Tests.Reports;

/// <summary>How the provider did in a month (M4).</summary>
public sealed class MonthlyReportTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Causes_repetitions_wrong_locks_and_cases_are_counted_within_the_subtree()
    {
        var shop = await Shop.Open(server);
        var first = await shop.Terminal.Lock(Cause.WrongPassword);
        await shop.Terminal.End(first, WayOut.ManagerSignIn);
        await shop.Terminal.Lock(Cause.WrongPassword);
        await Overturned(shop);
        var month = Month(server.Clock.GetUtcNow());

        var report = await Read(shop.Merchant, month);

        var line = Assert.Single(
            report.GetProperty("causes").EnumerateArray(),
            c => c.GetProperty("cause").GetString() == "wrong_password"
        );
        Assert.Equal(2, line.GetProperty("locks").GetInt32());
        Assert.Equal(1, line.GetProperty("ended").GetInt32());
        Assert.Equal(
            line.GetProperty("medianSeconds").GetInt64(),
            line.GetProperty("p90Seconds").GetInt64()
        );
        var repeated = Assert.Single(report.GetProperty("repeated").EnumerateArray());
        Assert.Equal(shop.Terminal.Id, repeated.GetProperty("terminalId").GetString());
        Assert.Equal(2, repeated.GetProperty("locks").GetInt32());
        Assert.Equal(
            report.GetProperty("locks").GetInt64(),
            report.GetProperty("hours").EnumerateArray().Sum(h => h.GetProperty("locks").GetInt64())
        );
        Assert.Equal(5, report.GetProperty("lateness").GetArrayLength());
        var now = await Read(shop.Merchant, month);
        Assert.Equal(1, now.GetProperty("falseLocks").GetProperty("overturned").GetInt32());

        var other = await Shop.Open(server);
        Assert.Equal(0, (await Read(other.Merchant, month)).GetProperty("locks").GetInt32());
        Assert.Equal(
            0,
            (await Read(other.Merchant, month))
                .GetProperty("falseLocks")
                .GetProperty("locks")
                .GetInt32()
        );
    }

    [Fact]
    public async Task An_empty_month_is_a_report_too()
    {
        var report = await Read(server.Admin, "2001-02");

        Assert.Equal(0, report.GetProperty("locks").GetInt32());
        Assert.True(report.GetProperty("complete").GetBoolean());
        Assert.Empty(report.GetProperty("causes").EnumerateArray());
        // February in China.
        Assert.Equal(
            new DateTimeOffset(2001, 1, 31, 16, 0, 0, TimeSpan.Zero),
            report.GetProperty("from").GetDateTimeOffset()
        );
    }

    [Fact]
    public async Task The_printed_report_holds_its_Chinese_text()
    {
        var shop = await Shop.Open(server);
        await shop.Terminal.Lock(Cause.WrongPassword);
        var month = Month(server.Clock.GetUtcNow());

        var pdf = await shop.Merchant.Client.GetByteArrayAsync(
            $"/api/v1/reports/monthly?month={month}&format=pdf",
            TestContext.Current.CancellationToken
        );

        var read = Pressed(await Read(pdf));
        foreach (var wanted in (string[])["月度报告", month, "承诺履行情况", "员工口令错误"])
        {
            Assert.Contains(wanted, read, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_speaks_one_language_or_both()
    {
        const string path = "/api/v1/reports/monthly?month=2001-02&format=html";
        var both = (await server.Admin.Get(path)).Expect(200).Body;
        var english = (await server.Admin.Get($"{path}&lang=en")).Expect(200).Body;

        Assert.Contains("月度报告", both, StringComparison.Ordinal);
        Assert.Contains("Monthly report", both, StringComparison.Ordinal);
        Assert.DoesNotContain("月度报告", english, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "month")]
    [InlineData("?month=2026-13", "month")]
    [InlineData("?month=0001-01", "month")]
    [InlineData("?month=2026-11&format=doc", "format")]
    [InlineData("?month=2026-11&lang=fr", "lang")]
    public async Task What_it_does_not_understand_is_named(string query, string field) =>
        (await server.Admin.Get($"/api/v1/reports/monthly{query}")).Refuses(422, "invalid", field);

    private async Task Overturned(Shop shop)
    {
        var ordered = await shop.Risk.Post(
            $"/api/v1/terminals/{shop.Terminal.Id}/locks",
            new { cause = "remote", reason = "refund burst" }
        );
        var complaint = await shop.Merchant.Post(
            "/api/v1/complaints",
            new
            {
                kind = "lock",
                terminalId = shop.Terminal.Id,
                lockId = ordered.Expect(202).Text("lockId"),
                text = "No ground.",
            }
        );
        var review = $"/api/v1/complaints/{complaint.Expect(201).Text("id")}/review";
        var verdict = new { outcome = "overturned", reason = "No ground." };
        (await server.Admin.Post(review, verdict)).Expect(200);
    }

    private static string Month(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(8))
            .ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<JsonElement> Read(TestPerson person, string month) =>
        (await person.Get($"/api/v1/reports/monthly?month={month}")).Expect(200).Json;

    private static async Task<string> Read(byte[] pdf)
    {
        using TempFolder folder = new();
        await File.WriteAllBytesAsync(folder.File("report.pdf"), pdf);
        using var reader = Process.Start(
            new ProcessStartInfo("pdftotext", ["-layout", folder.File("report.pdf"), "-"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var text = await reader.StandardOutput.ReadToEndAsync();
        await reader.WaitForExitAsync();
        return text;
    }

    private static string Pressed(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
