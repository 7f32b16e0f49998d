using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>A locked shop without a connection writes its payments down, is released from a stick, and its books come out even (W4, B4, W6).</summary>
public sealed class TradingOnTests
{
    [Fact]
    public async Task A_cut_off_shop_trades_on_by_hand_and_comes_back_by_a_stick()
    {
        var stick = Directory.CreateTempSubdirectory("tillkeeper-stick-").FullName;
        try
        {
            await using var server = await RunningServer.Start();
            await using var cable = new Forwarder(server.Terminals);
            await using var agent = await RunningAgent.StartWithStaff(
                server,
                cable.Url,
                "--orders-from",
                stick
            );
            var at = $"/api/v1/terminals/{agent.Terminal}";
            var merchant = (await server.Admin.Get(at))
                .Expect(HttpStatusCode.OK)
                .Text("merchantId");
            using var risk = await server.As("risk");
            var ordered = await risk.Post($"{at}/locks", new { cause = "remote", reason = "test" });
            var lockId = ordered.Expect(HttpStatusCode.Accepted).Text("lockId");
            await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 1);
            cable.Cut();

            // Nobody can sign in, so nobody has to.
            Assert.False(await agent.MaySell());
            var paid = new
            {
                amountMinor = 2850,
                method = "static_qr",
                reference = "1111",
            };
            var written = await agent.Local.Post("/local/v1/ledger", paid);
            Assert.Equal("1", written.Expect(HttpStatusCode.Created).Text("number"));
            var check = await agent.Local.Post("/local/v1/network-check");
            Assert.Equal(
                6,
                check.Expect(HttpStatusCode.OK).Body.GetProperty("steps").GetArrayLength()
            );

            // It is released, and the order travels on a stick.
            (
                await server.Admin.Post($"{at}/locks/{lockId}/release", new { reason = "settled" })
            ).Expect(HttpStatusCode.Accepted);
            var (exit, output) = await server.Cli(
                "order",
                "export",
                agent.Terminal,
                "--out",
                Path.Combine(stick, "orders.json")
            );
            Assert.True(exit == 0, output);
            await agent.Local.Until(
                "/local/v1/verdict?capability=card_payment",
                a => a.Body.GetProperty("allow").GetBoolean()
            );

            // Back on the network the record comes in, and the settlement file accounts for it.
            cable.Join();
            var ledger = $"/api/v1/ledger?terminal={agent.Terminal}";
            await server.Admin.Until(
                ledger,
                a => a.Body.GetProperty("items").GetArrayLength() == 1
            );
            var mapping = new StringContent(
                """{"time":"time","amount":"amount","reference":"no","timeFormat":"yyyy-MM-dd HH:mm:ss","zone":"Asia/Shanghai"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            );
            using var mapped = await server.Admin.PutAsync(
                "/api/v1/settlement-mappings/acquirer",
                mapping
            );
            Assert.Equal(HttpStatusCode.NoContent, mapped.StatusCode);
            var now = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8));
            using var imported = await server.Admin.PostAsync(
                $"/api/v1/settlements?merchant={merchant}&acquirer=acquirer&name=day.csv",
                new StringContent($"time,amount,no\n{now:yyyy-MM-dd HH:mm:ss},28.50,42001111\n")
            );
            Assert.Equal(HttpStatusCode.Created, imported.StatusCode);
            var settled = await server.Admin.Get($"{ledger}&state=matched");
            Assert.Equal(1, settled.Body.GetProperty("items").GetArrayLength());
        }
        finally
        {
            Directory.Delete(stick, recursive: true);
        }
    }
}
