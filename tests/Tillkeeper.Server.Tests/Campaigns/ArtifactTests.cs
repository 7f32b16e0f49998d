using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Campaigns;

/// <summary>Artifacts: named by their content, kept whole, given only to terminals that have an order for them.</summary>
public sealed class ArtifactTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_same_again_is_the_same_and_another_content_needs_another_version()
    {
        using var fleet = await Fleet.Enrol(server, 0);
        var path = $"/api/v1/artifacts?name=till&version=1.0&org={fleet.Merchant}";
        var first = (await fleet.Manager.Put(path, [1, 2, 3])).Expect(201);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData((byte[])[1, 2, 3])),
            first.Text("sha256")
        );
        var again = (await fleet.Manager.Put(path, [1, 2, 3])).Expect(200);
        Assert.Equal(first.Text("id"), again.Text("id"));
        (await fleet.Manager.Put(path, [1, 2, 4])).Refuses(409, "version_exists");
        Assert.Empty(Directory.GetFiles(Path.Combine(server.Data, "artifacts"), "*.part"));
    }

    [Theory]
    [InlineData("name=../../etc&version=1.0", "name")]
    [InlineData("name=till&version=1.0-beta", "version")]
    [InlineData("name=till", "version")]
    [InlineData("version=1.0", "name")]
    public async Task Names_and_versions_that_cannot_be_a_folder_are_refused(
        string query,
        string field
    ) => (await server.Admin.Put($"/api/v1/artifacts?{query}", [1])).Refuses(422, "invalid", field);

    [Fact]
    public async Task An_empty_artifact_is_none() =>
        (await server.Admin.Put("/api/v1/artifacts?name=till&version=7.7", [])).Refuses(
            422,
            "invalid",
            "body"
        );

    [Fact]
    public async Task Only_a_terminal_with_an_order_for_it_gets_it_and_any_part_of_it()
    {
        using var fleet = await Fleet.Enrol(server, 2);
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        var artifact = await fleet.Store("1.0", bytes);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = $"/terminal/v1/artifacts/{sha256}";
        var (terminal, stranger) = (fleet.Terminals[0], fleet.Terminals[1]);
        using (var early = await terminal.Http.GetAsync(path))
        {
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        }

        var made = await fleet.Manager.Post(
            "/api/v1/campaigns",
            new
            {
                name = "One",
                artifact,
                selector = new { terminals = new[] { terminal.Id } },
            }
        );
        var campaign = made.Expect(201).Text("id");
        await fleet.Rounds();

        Assert.Equal(bytes, await terminal.Http.GetByteArrayAsync(path));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new RangeHeaderValue(60_000, null);
        using var rest = await terminal.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(bytes[60_000..], await rest.Content.ReadAsByteArrayAsync());
        using (var foreign = await stranger.Http.GetAsync(path))
        {
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        await Fleet.Report(terminal, campaign, UpdateStep.Done);
        using var late = await terminal.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }
}
