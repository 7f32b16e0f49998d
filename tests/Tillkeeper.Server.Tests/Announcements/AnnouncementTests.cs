using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Announcements;

/// <summary>Shops are told of planned work at least five working days ahead, or told why not.</summary>
public sealed class AnnouncementTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Path = "/api/v1/announcements";

    [Fact]
    public async Task Work_that_is_announced_in_time_is_told_to_the_shop_and_to_nobody_elsewhere()
    {
        var shop = await Cases.Shop.Open(server);
        var other = await Cases.Shop.Open(server);
        var id = await Announcing.Announce(server, shop.AgentId);
        Assert.Contains(
            id,
            (await shop.Merchant.Get(Path)).Expect(200).Body,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            id,
            (await other.Merchant.Get(Path)).Expect(200).Body,
            StringComparison.Ordinal
        );

        (await server.Admin.Post($"{Path}/{id}/withdrawal", new { reason = "not needed" })).Expect(
            204
        );
        Assert.DoesNotContain(id, (await shop.Merchant.Get(Path)).Body, StringComparison.Ordinal);
        (await server.Admin.Post($"{Path}/{id}/withdrawal", new { reason = "not needed" })).Refuses(
            409,
            "already_withdrawn"
        );
    }

    [Fact]
    public async Task Work_at_short_notice_is_refused_unless_it_says_why_and_then_the_shop_reads_why()
    {
        var shop = await Cases.Shop.Open(server);
        var hasty = await server.Admin.Post(Path, Announcing.Body(shop.MerchantId, daysAhead: 1));
        hasty.Refuses(422, "invalid", "urgent");
        var urgent = await server.Admin.Post(
            Path,
            Announcing.Body(shop.MerchantId, daysAhead: 1, urgent: "A hole is being used.")
        );
        urgent.Expect(201);
        Assert.InRange(urgent.Json.GetProperty("workingDays").GetInt32(), 0, 1);
        var told = (await shop.Merchant.Get(Path)).Expect(200).Body;
        Assert.Contains("A hole is being used.", told, StringComparison.Ordinal);
        Assert.Contains("机房更换线缆", told, StringComparison.Ordinal);
    }
}
