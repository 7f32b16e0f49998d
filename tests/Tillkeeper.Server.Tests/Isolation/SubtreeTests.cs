using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Every route of the people's door, called at a shop by people of every role who stand elsewhere in the tree.</summary>
public sealed class SubtreeTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] Roles =
    [
        "admin",
        "helpdesk",
        "risk",
        "fleet",
        "auditor",
        "agent",
        "merchant",
    ];

    [Fact]
    public async Task Whoever_stands_elsewhere_sees_nothing_of_a_shop_and_changes_nothing()
    {
        using var tree = await Tree.Plant(server);
        var below = await Tree.NewOrg(server, "Agent below Alpha", tree.OrgA);
        List<(TestPerson Person, string Role, Shop[] Foreign)> strangers = [];
        foreach (var role in Roles)
        {
            strangers.Add((await server.Person(role, tree.OrgA), role, [tree.B1]));
            strangers.Add((await server.Person(role, below), role, [tree.A1, tree.B1]));
            strangers.Add((await server.Person(role, tree.A1.Merchant), role, [tree.A2, tree.B1]));
        }

        var before = LogHeads.Of(server);
        foreach (var (person, role, shops) in strangers)
        {
            foreach (var shop in shops)
            {
                foreach (var recipe in Recipes.All)
                {
                    var answer = await Patiently(person.Client, recipe, shop);
                    CheckNothing(recipe, role, shop, answer);
                }
            }
        }
        Assert.Equal(before, LogHeads.Of(server));

        await ControlAsync(tree);
    }

    /// <summary>One stranger asks for everything: faster than anybody may, so that the server now and then asks for a second.</summary>
    private static async Task<Answer> Patiently(HttpClient client, Recipe recipe, Shop shop)
    {
        while (true)
        {
            try
            {
                var answer = await client.Ask(recipe.At(shop));
                if (answer.Code != "too_many_requests")
                {
                    return answer;
                }
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"{recipe} was not answered.", e);
            }
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static void CheckNothing(Recipe recipe, string role, Shop shop, Answer answer)
    {
        var expected = (recipe.Allows(role), recipe.Foreign) switch
        {
            (false, _) => 403,
            (_, Answers.Provider) => 403,
            (_, Answers.NotFound) => 404,
            _ => 200,
        };
        Assert.True(
            // A page that has nothing to say but where to go says 303.
            expected == answer.Status
                || (expected, answer.Status) == (200, 303),
            $"{recipe} as {role}: expected {expected}, got {answer.Status} {answer.Body}"
        );
        var said = recipe.Said(shop);
        Assert.All(
            shop.Traces.Where(trace => !said.Contains(trace, StringComparison.Ordinal)),
            trace => Assert.DoesNotContain(trace, answer.Body, StringComparison.Ordinal)
        );
    }

    /// <summary>The same requests by people who may: each works, so that what was refused above was refused for who asked.</summary>
    private async Task ControlAsync(Tree tree)
    {
        var admin = await server.Person("admin", tree.OrgB);
        var helpdesk = await server.Person("helpdesk", tree.OrgB);
        var owner = await server.Person("merchant", tree.B1.Merchant);
        foreach (var recipe in Recipes.All.Where(r => r.Foreign != Answers.Provider))
        {
            var attaching = recipe.Route.StartsWith("PUT /api/v1/cases", StringComparison.Ordinal);
            var others = recipe.Allows("admin") ? admin : owner;
            var person = attaching ? helpdesk : others;
            var answer = await Patiently(person.Client, recipe, tree.B1);
            Assert.True(
                recipe.Lacks is { } lacks
                    ? answer.Code == lacks
                    : answer.Status is >= 200 and < 300 or 303,
                $"{recipe} by somebody who may: {answer.Status} {answer.Body}"
            );
        }
    }

    [Fact]
    public async Task Whoever_stands_above_sees_what_lies_below_in_every_list()
    {
        using var tree = await Tree.Plant(server);
        var agent = await server.Person("agent", tree.OrgA);
        foreach (
            var (list, ids) in new (string, string[])[]
            {
                ("/api/v1/merchants", [tree.A1.Merchant, tree.A2.Merchant]),
                ("/api/v1/terminals", [tree.A1.Terminal.Id, tree.A2.Terminal.Id]),
                ("/api/v1/cases", [tree.A1.Case, tree.A2.Case]),
                ("/api/v1/orgs", [tree.OrgA]),
            }
        )
        {
            var items = (await agent.Get(list)).Expect(200).Json.GetProperty("items");
            Assert.Equal(
                ids.Order(StringComparer.Ordinal),
                items.EnumerateArray().Select(i => i.GetProperty("id").GetString())
            );
        }
    }

    [Fact]
    public async Task A_serial_of_somebody_else_cannot_be_taken_over_by_an_import()
    {
        using var tree = await Tree.Plant(server);
        var fleet = await server.Person("fleet", tree.OrgA);
        var before = LogHeads.Of(server);
        var body = new { merchantId = tree.A1.Merchant, model = "T9" };
        var answer = await fleet.PutJson($"/api/v1/terminals/by-serial/{tree.B1.Serial}", body);
        answer.Refuses(409, "serial_exists");
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task A_selector_counts_only_what_its_author_sees()
    {
        using var tree = await Tree.Plant(server);
        var risk = await server.Person("risk", tree.OrgA);
        var body = new
        {
            selector = new { model = "T1" },
            cause = "anomaly",
            reason = "because",
        };
        var counted = await risk.Post("/api/v1/locks?preview=true", body);
        Assert.Equal(2, counted.Expect(200).Json.GetProperty("terminals").GetInt32());
    }
}
