using System.Net.Http.Headers;
using Tillkeeper.Server.Tests.Isolation.Pages;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Every route of the people's door, called by nobody, by keys that are none, and by roles without the right.</summary>
public sealed class IdentityTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Nobody_and_whoever_has_no_valid_key_is_told_so_and_changes_nothing()
    {
        using var tree = await Tree.Plant(server);
        var gone = await server.Person("admin");
        var shape = gone.Client.DefaultRequestHeaders.Authorization!.Parameter!;
        (await server.Admin.Delete($"/api/v1/keys/{gone.Id}")).Expect(204);
        var other = await server.Person("admin");
        var secret = other.Client.DefaultRequestHeaders.Authorization!.Parameter!;
        string?[] keys =
        [
            null,
            $"Bearer {shape}",
            $"Bearer {secret[..^1]}{(secret[^1] == 'A' ? 'B' : 'A')}",
            $"Bearer {secret}x",
            $"Bearer tk_{other.Id}_",
            $"Basic {secret}",
            "Bearer",
            "Bearer tk_0000000000_AAAA",
            $"Bearer {secret.ToUpperInvariant()}",
        ];
        using var client = server.Client(server.People, redirect: false);
        var before = LogHeads.Of(server);
        foreach (var recipe in Recipes.All)
        {
            foreach (var key in keys)
            {
                var request = recipe.At(tree.B1);
                if (key is not null)
                {
                    request.Headers.TryAddWithoutValidation("Authorization", key);
                }
                var answer = await client.Ask(request);
                Assert.True(
                    // A page leads to where one signs in.
                    answer.Status == 401
                        && answer.Code == "unauthenticated"
                        || answer.Status == 303
                            && !recipe.Route.Contains(" /api/", StringComparison.Ordinal),
                    $"{recipe} with '{key}': {answer.Status} {answer.Body}"
                );
            }
        }
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task A_role_without_the_right_is_refused_before_anything_is_looked_at()
    {
        using var tree = await Tree.Plant(server);
        var before = "";
        List<(string Role, TestPerson Person)> people = [];
        foreach (var role in new[] { "helpdesk", "risk", "fleet", "auditor" })
        {
            people.Add((role, await server.Person(role)));
        }
        people.Add(("agent", await server.Person("agent", tree.OrgB)));
        people.Add(("merchant", await server.Person("merchant", tree.B1.Merchant)));
        before = LogHeads.Of(server);
        foreach (var (role, person) in people)
        {
            foreach (var recipe in Recipes.All.Where(r => !r.Allows(role)))
            {
                var answer = await person.Client.Ask(recipe.At(tree.B1));
                Assert.True(
                    answer.Status == 403 && answer.Code == "forbidden",
                    $"{recipe} as {role}: {answer.Status} {answer.Body}"
                );
            }
        }
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task A_revoked_key_stops_at_once_also_on_an_open_connection()
    {
        var person = await server.Person("fleet");
        (await person.Get("/api/v1/orgs")).Expect(200);
        (await server.Admin.Delete($"/api/v1/keys/{person.Id}")).Expect(204);
        (await person.Get("/api/v1/orgs")).Expect(401);
    }

    [Fact]
    public async Task The_answer_to_nobody_says_how_to_come_in()
    {
        using var client = server.Client(server.People);
        using var response = await client.GetAsync("/api/v1/orgs");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Helpdesk_decides_password_cases_and_no_other()
    {
        using var tree = await Tree.Plant(server);
        var helpdesk = await server.Person("helpdesk");
        var risk = await server.Person("risk");
        var body = Shop.CaseBody(tree.A1.Terminal.Id, tree.A1.RemoteLock, "provider_release");
        var opened = (await tree.A1.Keeper.Post("/api/v1/cases", body)).Expect(201).Text("id");
        var yes = new { decision = "approve", reason = "seen" };
        (await helpdesk.Post($"/api/v1/cases/{opened}/decision", yes)).Refuses(403, "forbidden");
        (await risk.Post($"/api/v1/cases/{opened}/decision", yes)).Expect(200);
        (await helpdesk.Post($"/api/v1/cases/{tree.A1.Case}/decision", yes)).Expect(200);
    }
}
