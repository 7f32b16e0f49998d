using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Tests;

public sealed class PolicyTests
{
    [Fact]
    public async Task A_check_needs_no_server_and_no_key_and_tells_every_mistake_of_every_file()
    {
        using var place = new Place();
        place.Write("good.yaml", "away: {idleAfter: PT5M}\n");
        place.Write("bad.yaml", "away:\n  idelAfter: PT5M\n  idleAfter: 5 min\n");
        var fine = await place.RunAsync(["policy", "check", "good.yaml"]);
        Assert.Equal(new Outcome(0, "good.yaml: fine\n", ""), fine);

        var wrong = await place.RunAsync(["policy", "check", "good.yaml", "bad.yaml", "none.yaml"]);
        Assert.Equal((2, "good.yaml: fine\n"), (wrong.ExitCode, wrong.Output));
        var lines = wrong.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            "bad.yaml:2: 'away' has no key 'idelAfter'; did you mean 'idleAfter'? It has: idleAfter.",
            lines[0]
        );
        Assert.Equal("bad.yaml:3: 'away.idleAfter' cannot be '5 min'; write PT5M.", lines[1]);
        Assert.StartsWith("The policy file cannot be read", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_notes_which_standard_a_file_departs_from()
    {
        using var place = new Place();
        place.Write("lax.yaml", "# our own risk\naway: {idleAfter: PT1H}\n");
        var outcome = await place.RunAsync(["policy", "check", "lax.yaml"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith(
            "lax.yaml:2: note: away.idleAfter departs from PCI DSS 4.0, 8.2.8",
            outcome.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Applying_sends_the_file_as_it_was_written()
    {
        const string Text = "# for the till\nsupport: {phone: \"400\"}\n";
        var (outcome, request) = await SendAsync(
            Text,
            "apply",
            "--target",
            "store:M1:East gate",
            "--reason",
            "because",
            "--expect",
            "7"
        );
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            ("PUT", "/api/v1/policies/store%3AM1%3AEast%20gate"),
            (request!.Method, request.Path)
        );
        var body = JsonNode.Parse(request.Body)!;
        Assert.Equal(Text, (string?)body["document"]);
        Assert.Equal(("because", 7), ((string?)body["reason"], (int?)body["expectedRevision"]));
    }

    [Fact]
    public async Task A_file_with_mistakes_is_never_sent()
    {
        foreach (var verb in new[] { "apply", "diff" })
        {
            string[] reason = verb == "apply" ? ["--reason", "x"] : [];
            var (outcome, request) = await SendAsync(
                "awya: {}\n",
                [verb, "--target", "provider", .. reason]
            );
            Assert.Equal(2, outcome.ExitCode);
            Assert.Contains(
                "p.yaml:1: there is no section",
                outcome.Error,
                StringComparison.Ordinal
            );
            Assert.Null(request);
        }
    }

    [Fact]
    public async Task Only_one_thing_is_shown_at_a_time()
    {
        using var place = new Place();
        var outcome = await place.RunAsync([
            "policy",
            "show",
            "--target",
            "provider",
            "--terminal",
            "t1",
        ]);
        Assert.Equal(2, outcome.ExitCode);
    }

    private static async Task<(Outcome Outcome, Received? Request)> SendAsync(
        string file,
        params string[] arguments
    )
    {
        await using var server = await TestServer.AnsweringAsync(
            """{"target":"provider","revision":8,"changed":true,"terminals":3}"""
        );
        using var place = new Place();
        place.Write("p.yaml", file);
        var outcome = await place.RunAsync(server, ["policy", .. arguments, "p.yaml"]);
        return (outcome, server.Requests.SingleOrDefault());
    }
}
