using System.Text;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>A route exists at one door; at the other it is not found, whoever asks.</summary>
public sealed class DoorTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Routes_of_the_terminals_door_are_not_found_at_the_peoples_door()
    {
        using var nobody = server.Client(server.People);
        foreach (var client in new[] { nobody, server.Admin.Client })
        {
            foreach (var route in Recipes.Terminals)
            {
                Assert404(route, await client.Ask(Bare(route)));
            }
        }
    }

    [Fact]
    public async Task Routes_of_the_peoples_door_are_not_found_at_the_terminals_door()
    {
        using var tree = await Tree.Plant(server);
        var key = server.Admin.Client.DefaultRequestHeaders.Authorization!.Parameter;
        using var withKey = server.Client(server.Terminals, key);
        using var both = server.Client(server.Terminals, key, tree.B1.Terminal.Certificate);
        var before = LogHeads.Of(server);
        foreach (var client in new[] { withKey, both, tree.B1.Terminal.Http })
        {
            foreach (var recipe in Recipes.All)
            {
                Assert404(recipe.Route, await client.Ask(recipe.At(tree.B1)));
            }
            foreach (var route in Recipes.Public)
            {
                Assert404(route, await client.Ask(Bare(route)));
            }
        }
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task A_key_is_nothing_at_the_terminals_door()
    {
        var key = server.Admin.Client.DefaultRequestHeaders.Authorization!.Parameter;
        using var client = server.Client(server.Terminals, key);
        foreach (
            var route in Recipes.Terminals.Where(r =>
                !r.EndsWith("/enrol", StringComparison.Ordinal)
            )
        )
        {
            var answer = await client.Ask(Bare(route));
            answer.Refuses(401, "unauthenticated");
        }
    }

    private static HttpRequestMessage Bare(string route)
    {
        var method = new HttpMethod(route.Split(' ')[0]);
        return new HttpRequestMessage(method, route.Split(' ')[1])
        {
            Content =
                method == HttpMethod.Get
                    ? null
                    : new StringContent("{}", Encoding.UTF8, "application/json"),
        };
    }

    private static void Assert404(string route, Answer answer) =>
        Assert.True(
            answer.Status == 404 && answer.Code == "not_found",
            $"{route}: {answer.Status} {answer.Body}"
        );
}
