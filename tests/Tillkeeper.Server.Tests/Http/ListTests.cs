using System.Text.Json;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Http;

/// <summary>Every list is <c>{items, next}</c> with <c>?after=&amp;limit=</c>.</summary>
public sealed class ListTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] Paths =
    [
        "/api/v1/keys",
        "/api/v1/orgs",
        "/api/v1/merchants",
        "/api/v1/terminals",
        "/api/v1/cases",
        "/api/v1/terminals/{id}/events",
        "/api/v1/terminals/{id}/orders",
    ];

    [Fact]
    public async Task Pages_of_any_size_give_every_item_once_and_in_the_same_order()
    {
        using var tree = await Tree.Plant(server);
        foreach (var path in Paths)
        {
            var list = path.Replace("{id}", tree.A1.Terminal.Id, StringComparison.Ordinal);
            var whole = await PagesAsync(list, 200);
            Assert.True(whole.Count >= 2, $"{list}: {whole.Count}");
            Assert.Equal(whole, whole.Distinct(StringComparer.Ordinal));
            foreach (var limit in new[] { 1, 2, whole.Count, whole.Count - 1 })
            {
                Assert.Equal(whole, await PagesAsync(list, limit));
            }
        }
    }

    [Fact]
    public async Task A_limit_that_is_none_is_a_422_in_every_list()
    {
        using var tree = await Tree.Plant(server);
        foreach (var path in Paths)
        {
            var list = path.Replace("{id}", tree.A1.Terminal.Id, StringComparison.Ordinal);
            foreach (var limit in new[] { "0", "201", "-1", "1.5", "all" })
            {
                (await server.Admin.Get($"{list}?limit={limit}")).Refuses(422, "invalid", "limit");
            }
            (await server.Admin.Get($"{list}?after=zzzzzzzzzzzzzzz&limit=200")).Expect(200);
        }
    }

    [Fact]
    public async Task Events_are_told_oldest_first()
    {
        using var tree = await Tree.Plant(server);
        var path = $"/api/v1/terminals/{tree.A1.Terminal.Id}/events";
        var items = (await server.Admin.Get(path)).Expect(200).Json.GetProperty("items");
        Assert.Equal(
            [
                "terminal.registered.v1",
                "terminal.enrolment_code_issued.v1",
                "terminal.enrolled.v1",
                "terminal.changed.v1",
                "terminal.lock_ordered.v1",
                "terminal.order_issued.v1",
                "terminal.lock_ordered.v1",
                "terminal.order_issued.v1",
                "order.applied.v1",
                "order.applied.v1",
                "lock.begun.v1",
                "ledger.recorded.v1",
            ],
            items.EnumerateArray().Select(e => e.GetProperty("type").GetString())
        );
        Assert.All(
            items.EnumerateArray(),
            e => Assert.NotEmpty(e.GetProperty("actor").GetString()!)
        );
    }

    private async Task<List<string>> PagesAsync(string path, int limit)
    {
        List<string> ids = [];
        var after = "";
        while (true)
        {
            var page = (await server.Admin.Get($"{path}?limit={limit}&after={after}")).Expect(200);
            var items = page.Json.GetProperty("items").EnumerateArray().ToArray();
            Assert.True(items.Length <= limit);
            ids.AddRange(items.Select(IdOf));
            if (!page.Json.TryGetProperty("next", out var next))
            {
                return ids;
            }
            Assert.Equal(limit, items.Length);
            after = next.GetString()!;
        }
    }

    private static string IdOf(JsonElement item) =>
        item.TryGetProperty("id", out var id)
            ? id.GetString()!
            : item.GetProperty("number").ToString();
}
