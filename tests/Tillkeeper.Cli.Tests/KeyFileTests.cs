namespace Tillkeeper.Cli.Tests;

public sealed class KeyFileTests
{
    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task A_key_file_open_to_others_is_refused(UnixFileMode open)
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync("{}");
        File.SetUnixFileMode(
            place.PathOf("key"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | open
        );

        var outcome = await place.RunAsync(server, "key", "list");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("chmod 600", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nkey on the second line")]
    [InlineData("not a key")]
    [InlineData("密钥")]
    public async Task A_file_whose_first_line_is_no_key_is_refused_without_showing_it(string text)
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync("{}");
        place.Write("key", text);

        var outcome = await place.RunAsync(server, "key", "list");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("is not an API key", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Nobody_asks_without_a_key()
    {
        using var place = new Place();
        var outcome = await place.RunAsync(["key", "list"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--key-file", outcome.Error, StringComparison.Ordinal);
    }
}
