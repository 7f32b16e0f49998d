namespace Tillkeeper.Cli.Tests;

public sealed class SecretTests
{
    private static readonly string[] Create = ["key", "create", "--name", "Li", "--role", "agent"];

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public async Task A_key_written_to_a_file_is_for_its_owner_alone_and_not_shown(string format)
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync(
            """{"id":"k1","key":"tk_secret"}""",
            201
        );

        var outcome = await place.RunAsync(server, [.. Create, "--out", "new.key", "-o", format]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("tk_secret\n", place.Read("new.key"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(place.PathOf("new.key"))
        );
        Assert.Contains("k1", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "tk_secret",
            outcome.Output + outcome.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_never_overwrites_a_file_and_none_is_made_then()
    {
        using var place = new Place();
        place.Write("old.key", "precious");
        await using var server = await TestServer.AnsweringAsync(
            """{"id":"k1","key":"tk_secret"}""",
            201
        );

        var outcome = await place.RunAsync(server, [.. Create, "--out", "old.key"]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("precious", place.Read("old.key"));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_refused_key_leaves_no_file()
    {
        using var place = new Place();
        await using var server = await TestServer.RefusingAsync(
            403,
            """{"code":"not_allowed","detail":"No."}"""
        );

        var outcome = await place.RunAsync(server, [.. Create, "--out", "new.key"]);

        Assert.Equal(1, outcome.ExitCode);
        Assert.False(place.Has("new.key"));
    }

    [Theory]
    [InlineData("key create --name Li --role agent", "revoke the key (i1)")]
    [InlineData("key create --name Li --role agent --out new.key", "revoke the key (i1)")]
    [InlineData(
        "terminal register --serial S --merchant m --model X",
        "terminal enrolment-code i1"
    )]
    [InlineData("terminal enrolment-code t1", "ask for a new code")]
    [InlineData("person invite --name Li --login li --role risk", "tillkeeper person reset i1")]
    [InlineData("person reset p1 --reason lost", "tillkeeper person reset p1")]
    [InlineData("case code c1 --challenge X", "ask for a new challenge")]
    public async Task A_secret_lost_on_the_way_is_said_with_what_to_do(string line, string remedy)
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync("""{"id":"i1"}""", 201);

        var outcome = await place.RunAsync(server, line.Split(' '));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(remedy, outcome.Error, StringComparison.Ordinal);
        Assert.False(place.Has("new.key"));
    }
}
