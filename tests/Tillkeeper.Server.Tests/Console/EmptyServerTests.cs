using Tillkeeper.Server.Tests.Isolation.Pages;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Console;

/// <summary>The first hour: every page that leads somewhere is there when nothing is in the server yet, and says so.</summary>
public sealed class EmptyServerTests(RunningServer server) : IClassFixture<RunningServer>
{
    /// <summary>Pages that need nothing to be named: lists, forms, the first page.</summary>
    public static TheoryData<string> Paths { get; } =
    [
        .. PageRecipes
            .All.Where(r =>
                r.Route.StartsWith("GET ", StringComparison.Ordinal)
                && !r.Route.Contains('{', StringComparison.Ordinal)
            )
            .Select(r => r.Route["GET ".Length..])
            .Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_page_of_an_empty_server_says_what_is_missing(string path)
    {
        var recipe = PageRecipes.All.First(r => r.Route == $"GET {path}");
        var role = recipe.Allows("admin") ? "admin" : recipe.Roles.Split(' ')[0];
        var reader = role == "admin" ? server.Admin : await server.Person(role, await Place(role));
        var answer = await reader.Get(path);
        // Those that only lead on have nothing to say.
        Assert.Contains(answer.Status, new[] { 200, 303 });
        Assert.DoesNotContain("<tbody></tbody>", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>A shop without a terminal, for the pages that are a shop's alone.</summary>
    private async Task<string?> Place(string role) =>
        role == "merchant" ? await Shop.NewMerchant(server, null, "Empty Shop") : null;
}
