using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Orgs;

/// <summary><c>/api/v1/orgs</c>: the tree.</summary>
public sealed class OrgTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_tree_has_ten_levels_and_no_more()
    {
        string? parent = null;
        for (var level = 1; level <= 10; level++)
        {
            parent = await Tree.NewOrg(server, $"Level {level}", parent);
        }
        var deeper = new
        {
            parent,
            kind = "agent",
            name = "Level 11",
        };
        (await server.Admin.Post("/api/v1/orgs", deeper)).Refuses(422, "invalid", "parent");
        // A shop fits below the deepest agent.
        (await server.Admin.Post("/api/v1/merchants", Bodies.Merchant("Deep", parent))).Expect(201);
    }

    [Theory]
    [InlineData(null, "N", "kind")]
    [InlineData("merchant", "N", "kind")]
    [InlineData("agent", "", "name")]
    public async Task What_is_wrong_is_named(string? kind, string name, string field) =>
        (await server.Admin.Post("/api/v1/orgs", new { kind, name })).Refuses(
            422,
            "invalid",
            field
        );

    [Fact]
    public async Task A_parent_that_is_not_there_comes_before_what_else_is_wrong() =>
        (await server.Admin.Post("/api/v1/orgs", new { parent = "0000000000" })).Refuses(
            404,
            "not_found"
        );

    [Fact]
    public async Task A_merchant_is_no_parent_of_agents()
    {
        var merchant = await Shop.NewMerchant(server, null);
        var body = new
        {
            parent = merchant,
            kind = "agent",
            name = "Below a shop",
        };
        (await server.Admin.Post("/api/v1/orgs", body)).Refuses(404, "not_found");
        var shop = Bodies.Merchant("Shop in a shop", merchant);
        (await server.Admin.Post("/api/v1/merchants", shop)).Refuses(404, "not_found");
    }
}
