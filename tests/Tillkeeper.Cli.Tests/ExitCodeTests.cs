namespace Tillkeeper.Cli.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public async Task A_refusal_names_code_detail_field_and_remedy()
    {
        var outcome = await RefusedAsync(
            409,
            """{"title":"Conflict","code":"second_person_required","detail":"Two must ask.","field":"reason","remedy":"Ask another."}"""
        );

        Assert.Equal(
            new Outcome(
                1,
                "",
                "second_person_required: Two must ask.\nfield: reason\nremedy: Ask another.\n"
            ),
            outcome
        );
    }

    [Fact]
    public async Task A_refusal_that_is_no_problem_document_names_the_status()
    {
        var outcome = await RefusedAsync(502, "<html>");
        Assert.Equal(new Outcome(1, "", "http_502: Bad Gateway\n"), outcome);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var place = new Place();
        await using var elsewhere = await TestServer.AnsweringAsync("{}");
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere.Url + "/api/v1/keys");
            return Task.CompletedTask;
        });

        var outcome = await place.RunAsync(server, "key", "list");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("http_302", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused_and_not_a_broken_connection()
    {
        using var place = new Place();
        place.Write("scan.jpg", new string('x', 31_000_000));
        await using var server = await TestServer.AnsweringAsync("");

        var outcome = await place.RunAsync(
            server,
            [.. "case attach c1 --kind identity_card --file scan.jpg".Split(' ')]
        );

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("http_413", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{} {}")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task An_answer_that_is_not_one_json_document_is_unreachable(string text)
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync(text);

        var outcome = await place.RunAsync(server, "key", "list", "-o", "json");

        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Contains("is not Tillkeeper", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("key")]
    [InlineData("key forge")]
    [InlineData("key create --name Li")]
    [InlineData("key revoke")]
    [InlineData("key revoke ..")]
    [InlineData("key revoke ''")]
    [InlineData("key list extra")]
    [InlineData("key list -o xml")]
    [InlineData("key list --limit 0")]
    [InlineData("key list --limit many")]
    [InlineData("key list --server http://127.0.0.1")]
    [InlineData("key list --server nowhere")]
    [InlineData("key list --server https://user@127.0.0.1")]
    [InlineData("key list --ca ''")]
    [InlineData("key list --ca absent.crt")]
    [InlineData("key list --ca key")]
    [InlineData("terminal register --serial S --merchant m --model X --mid 1")]
    [InlineData("lock many --reason r")]
    [InlineData("lock many --reason r --merchant ''")]
    [InlineData("lock many --reason r --terminals ,")]
    [InlineData("lock create t1 --cause remote")]
    [InlineData("case open --terminal t --way-out w --applicant-name n --applicant-phone p")]
    [InlineData(
        "case open --terminal t --lock l --challenge c --way-out w --applicant-name n --applicant-phone p"
    )]
    [InlineData("case decide c1 --reason r")]
    [InlineData("case decide c1 --approve --refuse --reason r")]
    [InlineData("case attach c1 --kind k --file absent.jpg")]
    public async Task A_command_line_that_cannot_be_meant_is_a_usage_error_and_asks_nothing(
        string line
    )
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync("{}");
        var arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word == "''" ? "" : word);

        var outcome = await place.RunAsync(
            [.. arguments],
            ("TILLKEEPER_SERVER", server.Url),
            ("TILLKEEPER_CA", "ca.crt"),
            ("TILLKEEPER_KEY_FILE", "key")
        );

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.NotEqual("", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Help_is_no_error()
    {
        using var place = new Place();
        var outcome = await place.RunAsync(["lock", "many", "--help"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("--preview", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("", outcome.Error);
    }

    private static async Task<Outcome> RefusedAsync(int status, string problem)
    {
        using var place = new Place();
        await using var server = await TestServer.RefusingAsync(status, problem);
        return await place.RunAsync(
            server,
            "lock",
            "release",
            "t1",
            "l1",
            "--reason",
            "r",
            "-o",
            "json"
        );
    }
}
