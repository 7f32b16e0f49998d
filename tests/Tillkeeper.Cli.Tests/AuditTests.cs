namespace Tillkeeper.Cli.Tests;

public sealed class AuditTests
{
    [Fact]
    public async Task An_unbroken_record_is_said_so()
    {
        var outcome = await RunAsync(
            """{"ok":true,"shards":[{"shard":0,"lastSeq":17,"headHash":"ab"}]}"""
        );
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("The record is unbroken.", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public async Task A_broken_record_is_refused_and_the_place_named(string format)
    {
        var outcome = await RunAsync(
            """{"ok":false,"shards":[{"shard":2,"lastSeq":17,"headHash":"ab"}],"firstBad":{"shard":2,"seq":9,"problem":"hash differs"}}""",
            "-o",
            format
        );

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("audit_broken: shard 2, number 9: hash differs\n", outcome.Error);
        Assert.DoesNotContain("unbroken", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ok":"true"}""")]
    public async Task A_record_not_known_to_be_good_is_not_good(string document)
    {
        var outcome = await RunAsync(document);
        Assert.Equal(1, outcome.ExitCode);
    }

    private static async Task<Outcome> RunAsync(string document, params string[] more)
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync(document);
        return await place.RunAsync(server, ["audit", "verify", .. more]);
    }
}
