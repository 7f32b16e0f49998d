using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary><c>/api/v1/keys</c>.</summary>
public sealed class KeyTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("admin")]
    [InlineData("helpdesk")]
    [InlineData("risk")]
    [InlineData("fleet")]
    [InlineData("auditor")]
    public async Task A_key_is_shown_once_and_works(string role)
    {
        var made = await server.Admin.Post("/api/v1/keys", new { name = "Wu Lei", role });
        var key = made.Expect(201).Text("key");
        using var client = server.Client(server.People, key);
        (await Answer.Of(await client.GetAsync("/api/v1/orgs"))).Expect(200);
        var listed = (await server.Admin.Get("/api/v1/keys?limit=200")).Body;
        Assert.Contains(made.Text("id"), listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key[(key.IndexOf('_', 3) + 1)..], listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_is_harmless_twice_and_unknown_keys_are_not_found()
    {
        var person = await server.Person("fleet");
        (await server.Admin.Delete($"/api/v1/keys/{person.Id}")).Expect(204);
        var before = LogHeads.Of(server);
        (await server.Admin.Delete($"/api/v1/keys/{person.Id}")).Expect(204);
        (await server.Admin.Delete("/api/v1/keys/0000000000")).Refuses(404, "not_found");
        Assert.Equal(before, LogHeads.Of(server));
    }

    public static TheoryData<string?, string?, string> Wrong =>
        new()
        {
            { null, "admin", "name" },
            { "   ", "admin", "name" },
            { new string('n', 121), "admin", "name" },
            { "4111 1111 1111 1111", "admin", "name" },
            { "Wu Lei", null, "role" },
            { "Wu Lei", "king", "role" },
            { "Wu Lei", "Admin", "role" },
            { "Wu Lei", "0", "role" },
            { "Wu Lei", "agent", "org" },
            { "Wu Lei", "merchant", "org" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_named_and_nothing_is_made(
        string? name,
        string? role,
        string field
    )
    {
        var before = LogHeads.Of(server);
        var answer = await server.Admin.Post("/api/v1/keys", new { name, role });
        answer.Refuses(422, "invalid", field);
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task An_org_that_is_not_there_comes_before_what_else_is_wrong() =>
        (
            await server.Admin.Post("/api/v1/keys", new { role = "king", org = "0000000000" })
        ).Refuses(404, "not_found");

    [Fact]
    public async Task An_admin_of_a_part_of_the_tree_makes_keys_for_that_part_alone()
    {
        var org = await Tree.NewOrg(server, "Part");
        var part = await server.Person("admin", org);
        var made = await part.Post("/api/v1/keys", new { name = "Below", role = "admin" });
        using var client = server.Client(server.People, made.Expect(201).Text("key"));
        var seen = (await Answer.Of(await client.GetAsync("/api/v1/orgs"))).Expect(200);
        Assert.Equal(1, seen.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Two_keys_of_one_person_are_one_person_wherever_two_are_needed()
    {
        var shop = await Cases.Shop.Open(server);
        var (id, _) = await shop.Case(Core.Locks.Cause.StateUnknown, "provider_release");
        var path = Cases.Shop.PathOf(id, "/decision");
        var first = await server.Person("risk");
        var again = await FurtherKey(first.Id, "admin");

        (await first.Post(path, Cases.Shop.Approve)).Refuses(409, "second_person_required");
        (await again.Post(path, Cases.Shop.Approve)).Refuses(409, "second_person_required");
        Assert.Empty(await shop.Terminal.Orders());

        var other = await server.Person("risk");
        (await other.Post(path, Cases.Shop.Approve)).Expect(200);
    }

    [Fact]
    public async Task A_key_of_a_further_key_is_still_the_same_persons()
    {
        var first = await server.Person("helpdesk");
        var made = await server.Admin.Post("/api/v1/keys", Further(first.Id, "risk"));
        Assert.Equal(first.Id, made.Expect(201).Text("person"));
        var third = await server.Admin.Post("/api/v1/keys", Further(made.Text("id"), "risk"));
        Assert.Equal(first.Id, third.Expect(201).Text("person"));
        (await server.Admin.Post("/api/v1/keys", Further("0000000000", "risk"))).Refuses(
            404,
            "not_found"
        );
    }

    [Fact]
    public async Task The_limit_of_locks_is_a_persons_not_a_keys()
    {
        var shop = await Cases.Shop.Open(server);
        var first = await server.Person("risk");
        var again = await FurtherKey(first.Id, "fleet");
        var path = $"/api/v1/terminals/{shop.Terminal.Id}/locks";
        var body = new { cause = "remote", reason = "test" };
        for (var i = 0; i < 20; i++)
        {
            var answer = await (i % 2 == 0 ? first : again).Post(path, body);
            Assert.NotEmpty(answer.Expect(202).Text("lockId"));
        }
        foreach (var key in (TestPerson[])[first, again])
        {
            (await key.Post(path, body)).Refuses(409, "second_person_required");
        }
    }

    private static object Further(string person, string role) =>
        new
        {
            name = "The same",
            role,
            person,
        };

    private async Task<TestPerson> FurtherKey(string person, string role)
    {
        var made = (await server.Admin.Post("/api/v1/keys", Further(person, role))).Expect(201);
        return new TestPerson(person, server.Client(server.People, made.Text("key")));
    }
}
