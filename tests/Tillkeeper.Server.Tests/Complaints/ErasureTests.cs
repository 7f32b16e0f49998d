using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Tests.Cases;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;
using Shop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Server.Tests.Complaints;

/// <summary>Personal data goes on its date; what proves things stays.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task Data_of_persons_goes_on_its_date_and_the_chain_still_verifies_and_the_views_rebuild()
    {
        FakeTime clock = new(DateTimeOffset.UtcNow);
        await using var server = await RunningServer.StartAsync(clock);
        var shop = await Shop.Open(server);
        var (caseId, _) = await shop.Case();
        (
            await shop.Merchant.Put(Shop.PathOf(caseId, "/documents/identity_card"), Samples.Jpeg)
        ).Expect(204);
        var document = (await shop.Helpdesk.Get(Shop.PathOf(caseId)))
            .Json.GetProperty("documents")[0]
            .GetProperty("id")
            .GetString();
        var body = new
        {
            kind = "delay",
            caseId,
            text = "I waited all day.",
        };
        var complaint = (await shop.Merchant.Post("/api/v1/complaints", body))
            .Expect(201)
            .Text("id");
        server.Anchor();

        await Pass(server, clock, 179);
        Assert.Equal("I waited all day.", await Text(shop, complaint));
        (await Document(shop, caseId, document)).Expect(200);

        // Case and document have half a year, the complaint three.
        await Pass(server, clock, 2);
        (await Document(shop, caseId, document)).Expect(410);
        var seen = (await shop.Helpdesk.Get(Shop.PathOf(caseId))).Expect(200);
        Assert.DoesNotContain("Wang Wei", seen.Body, StringComparison.Ordinal);
        Assert.Equal("I waited all day.", await Text(shop, complaint));

        await Pass(server, clock, 3 * 365);
        Assert.Null(await Text(shop, complaint));

        var report = server.Services.GetRequiredService<LogVerifier>().Verify();
        Assert.True(report.Ok, report.FirstBad?.ToString());
        RebuildTests.Compare(server, "cases", "case_documents", "complaints");
    }

    private static async Task Pass(RunningServer server, FakeTime clock, int days)
    {
        clock.Now += TimeSpan.FromDays(days);
        await server.Services.GetServices<IHostedService>().OfType<Retention>().Single().Erase();
    }

    private static Task<Answer> Document(Shop shop, string caseId, string? document) =>
        shop.Helpdesk.Get(Shop.PathOf(caseId, $"/documents/{document}"));

    private static async Task<string?> Text(Shop shop, string complaint)
    {
        var seen = (await shop.Merchant.Get($"/api/v1/complaints/{complaint}")).Expect(200).Json;
        return seen.TryGetProperty("text", out var text) ? text.GetString() : null;
    }
}
