using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.People;

/// <summary><c>/api/v1/views</c>: lists as somebody wants them again.</summary>
public sealed class SavedViewTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Path = "/api/v1/views";

    [Fact]
    public async Task A_view_is_kept_replaced_and_let_go_of_and_nobody_else_sees_it()
    {
        var mine = await server.Person("helpdesk");
        var other = await server.Person("helpdesk");
        (
            await mine.PutJson(
                $"{Path}/terminals/夜间 locked",
                new { query = "?locked=true&after=x" }
            )
        ).Expect(200);
        (
            await mine.PutJson(
                $"{Path}/terminals/夜间 locked",
                new { query = "locked=false&cause=" }
            )
        ).Expect(200);

        var view = Assert.Single(await Views(mine, "?list=terminals"));
        Assert.Equal(("夜间 locked", "locked=false"), view);
        Assert.Empty(await Views(mine, "?list=cases"));
        Assert.Empty(await Views(other));
        (await other.Delete($"{Path}/terminals/夜间 locked")).Refuses(404, "not_found");

        (await mine.Delete($"{Path}/terminals/夜间 locked")).Expect(204);
        Assert.Empty(await Views(mine));
    }

    [Theory]
    [InlineData("Terminals/x", "a=b", "list")]
    [InlineData("..%2Fevil/x", "a=b", "list")]
    [InlineData("terminals/%20", "a=b", "name")]
    [InlineData("terminals/a%0Ab", "a=b", "name")]
    [InlineData("terminals/x", "", "query")]
    [InlineData("terminals/x", "after=z&format=csv", "query")]
    public async Task What_is_no_view_is_refused_by_its_field(
        string place,
        string query,
        string field
    ) =>
        (await server.Admin.PutJson($"{Path}/{place}", new { query })).Refuses(
            422,
            "invalid",
            field
        );

    [Fact]
    public async Task Nobody_keeps_more_than_fifty()
    {
        var person = await server.Person("helpdesk");
        for (var i = 0; i < 50; i++)
        {
            (await person.PutJson($"{Path}/cases/v{i}", new { query = "state=open" })).Expect(200);
        }
        (await person.PutJson($"{Path}/cases/one more", new { query = "state=open" })).Refuses(
            409,
            "too_many_views"
        );
        (await person.PutJson($"{Path}/cases/v7", new { query = "state=closed" })).Expect(200);
    }

    /// <summary>Typed by hand, or by somebody who wants a header of their own in the answer.</summary>
    [Fact]
    public async Task The_page_leads_back_to_the_list_and_nowhere_else()
    {
        var person = await server.Person("helpdesk");
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("list", "terminals"),
            KeyValuePair.Create("name", "熊猫"),
            KeyValuePair.Create("query", "q=熊猫\r\nSet-Cookie: a=b&after=x"),
        ]);
        using var answer = await person.Client.PostAsync("/console/views", form);
        Assert.Equal(303, (int)answer.StatusCode);
        Assert.Equal(
            "/console/terminals?q=%E7%86%8A%E7%8C%AB%0D%0ASet-Cookie%3A%20a%3Db",
            answer.Headers.Location!.OriginalString
        );
    }

    private static async Task<(string, string)[]> Views(TestPerson person, string query = "") =>
        [
            .. (await person.Get(Path + query))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(v =>
                    (v.GetProperty("name").GetString()!, v.GetProperty("query").GetString()!)
                ),
        ];
}
