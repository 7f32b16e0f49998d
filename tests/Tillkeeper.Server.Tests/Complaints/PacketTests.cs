using System.Diagnostics;
using System.Text.Json;
using Tillkeeper.Core.Audit;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Printing;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;
using Shop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Server.Tests.Complaints;

/// <summary>What an office outside is given (W7).</summary>
public sealed class PacketTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Every_event_in_it_can_be_verified_by_whoever_gets_it()
    {
        var (shop, id, _) = await Complained();

        var packet = (await shop.Risk.Get($"/api/v1/complaints/{id}/packet")).Expect(200).Json;

        Assert.True(packet.GetProperty("verified").GetBoolean());
        var events = packet.GetProperty("events").EnumerateArray().ToArray();
        var types = events.Select(e => e.GetProperty("type").GetString()!).ToArray();
        Assert.Contains("complaint.opened.v1", types);
        Assert.Contains(types, t => t.Contains("lock", StringComparison.Ordinal));
        Assert.All(events, e => Assert.Equal(e.GetProperty("hash").GetString(), HashOf(e)));
    }

    [Fact]
    public async Task A_merchant_gets_the_hashes_and_neither_names_nor_inner_reasons()
    {
        var (shop, id, _) = await Complained();

        var answer = (await shop.Merchant.Get($"/api/v1/complaints/{id}/packet")).Expect(200);

        Assert.DoesNotContain("refund burst", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Risk.Id, answer.Body, StringComparison.Ordinal);
        Assert.True(answer.Json.GetProperty("verified").GetBoolean());
        Assert.All(
            answer.Json.GetProperty("events").EnumerateArray(),
            e =>
            {
                Assert.Equal(64, e.GetProperty("hash").GetString()!.Length);
                Assert.False(e.TryGetProperty("data", out _));
            }
        );
    }

    [Fact]
    public async Task The_printed_packet_holds_its_Chinese_text_and_every_hash()
    {
        var (shop, id, text) = await Complained();
        var path = $"/api/v1/complaints/{id}/packet";
        var json = (await shop.Merchant.Get(path)).Expect(200).Json;

        var pdf = await shop.Merchant.Client.GetByteArrayAsync(
            $"{path}?format=pdf",
            TestContext.Current.CancellationToken
        );

        var read = Pressed(await Read(pdf));
        foreach (var wanted in (string[])[id, "投诉证据材料", "承诺时限与履行情况", text])
        {
            Assert.Contains(Pressed(wanted), read, StringComparison.Ordinal);
        }
        Assert.All(
            json.GetProperty("events").EnumerateArray(),
            e => Assert.Contains(e.GetProperty("hash").GetString()!, read, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_a_complainant_writes_is_text_on_the_page_and_nothing_else()
    {
        var shop = await Shop.Open(server);
        var body = new { kind = "violation", text = "<script>alert(1)</script>" };
        var id = (await shop.Merchant.Post("/api/v1/complaints", body)).Expect(201).Text("id");
        var page = await shop.Merchant.Get($"/api/v1/complaints/{id}/packet?format=html");
        Assert.Contains("&lt;script&gt;", page.Expect(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Body, StringComparison.Ordinal);
        (await shop.Merchant.Get($"/api/v1/complaints/{id}/packet?format=doc")).Refuses(
            422,
            "invalid",
            "format"
        );
    }

    [Fact]
    public async Task Without_chromium_it_says_so()
    {
        using PdfPrinter printer = new("/nowhere/chromium");
        var (_, refusal) = await printer.Print("<p>x", TestContext.Current.CancellationToken);
        Assert.Equal("printer_missing", refusal!.Code);
        Assert.Equal(503, Problems.StatusOf(refusal.Kind));
    }

    private async Task<(Shop Shop, string Id, string Text)> Complained()
    {
        const string text = "终端被无故锁定，影响营业。";
        var shop = await Shop.Open(server);
        var ordered = await shop.Risk.Post(
            $"/api/v1/terminals/{shop.Terminal.Id}/locks",
            new { cause = "remote", reason = "refund burst" }
        );
        var body = new
        {
            kind = "lock",
            terminalId = shop.Terminal.Id,
            lockId = ordered.Expect(202).Text("lockId"),
            text,
        };
        var made = await shop.Merchant.Post("/api/v1/complaints", body);
        return (shop, made.Expect(201).Text("id"), text);
    }

    /// <summary>The hash as an outsider computes it, from nothing but the packet.</summary>
    private static string HashOf(JsonElement e)
    {
        string Text(string name) => e.GetProperty(name).GetString()!;
        long Number(string name) => e.GetProperty(name).GetInt64();
        var row = new LogRow(
            (int)Number("shard"),
            Number("seq"),
            Text("stream"),
            Number("version"),
            Number("previous"),
            Text("type"),
            e.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            Text("actor"),
            Text("source"),
            Convert.FromBase64String(Text("data"))
        );
        var hash = new byte[HashChain.HashBytes];
        HashChain.Next(Convert.FromHexString(Text("before")), row, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static async Task<string> Read(byte[] pdf)
    {
        using TempFolder folder = new();
        await File.WriteAllBytesAsync(folder.File("packet.pdf"), pdf);
        using var reader = Process.Start(
            new ProcessStartInfo("pdftotext", ["-layout", folder.File("packet.pdf"), "-"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var text = await reader.StandardOutput.ReadToEndAsync();
        await reader.WaitForExitAsync();
        return text;
    }

    /// <summary>Without the breaks that lines and columns bring.</summary>
    private static string Pressed(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
