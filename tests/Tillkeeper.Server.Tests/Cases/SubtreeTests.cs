using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class SubtreeTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task What_lies_in_another_subtree_does_not_exist_on_any_route()
    {
        var shop = await Shop.Open(server);
        var (id, lockId) = await shop.Case();
        (await shop.Merchant.Put(Shop.PathOf(id, "/documents/identity_card"), Samples.Jpeg)).Expect(
            204
        );
        var seen = (await shop.Merchant.Get(Shop.PathOf(id))).Expect(200);
        var document = seen.Json.GetProperty("documents")[0].GetProperty("id").GetString();
        var other = await Shop.Open(server);
        // A helpdesk of another agent: every right on these routes, another subtree.
        var foreign = await server.Person("helpdesk", other.AgentId);
        var challenge = shop.Terminal.Challenge(lockId, Cause.WrongPassword);

        Answer[] answers =
        [
            await foreign.Post("/api/v1/cases", shop.Request(lockId, "offline_code")),
            await foreign.Post("/api/v1/cases", shop.Request(null, "offline_code", challenge)),
            await foreign.Get(Shop.PathOf(id)),
            await foreign.Put(Shop.PathOf(id, "/documents/identity_card"), Samples.Jpeg),
            await foreign.Get(Shop.PathOf(id, $"/documents/{document}")),
            await foreign.Post(Shop.PathOf(id, "/decision"), Shop.Approve),
            await foreign.Post(Shop.PathOf(id, "/offline-code"), new { challenge }),
        ];

        Assert.All(answers, a => a.Refuses(404, "not_found"));
        var list = (await foreign.Get("/api/v1/cases")).Expect(200);
        Assert.Equal(0, list.Json.GetProperty("items").GetArrayLength());
        var own = (await shop.Agent.Get("/api/v1/cases")).Expect(200);
        Assert.Equal(1, own.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Whoever_gets_the_terminal_later_does_not_get_its_old_cases()
    {
        var shop = await Shop.Open(server);
        var (id, _) = await shop.Case();
        var other = await Shop.Open(server);
        var serial = (await server.Admin.Get($"/api/v1/terminals/{shop.Terminal.Id}")).Text(
            "serial"
        );
        (
            await server.Admin.Put(
                $"/api/v1/terminals/by-serial/{serial}",
                System.Net.Http.Json.JsonContent.Create(
                    new { merchantId = other.MerchantId, model = "T1" }
                )
            )
        ).Expect(200);
        var formerHelpdesk = await server.Person("helpdesk", shop.AgentId);

        (await other.Agent.Get(Shop.PathOf(id))).Refuses(404, "not_found");
        (await shop.Agent.Get(Shop.PathOf(id))).Expect(200);
        // Seeing the case is not enough to order something of a terminal that is no longer theirs.
        (await formerHelpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Refuses(
            404,
            "not_found"
        );
    }
}
