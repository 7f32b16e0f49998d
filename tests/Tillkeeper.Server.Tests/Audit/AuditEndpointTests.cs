using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Audit;

/// <summary><c>GET /api/v1/audit/verify</c>, and what is anchored outside over restarts.</summary>
public sealed class AuditEndpointTests
{
    [Fact]
    public async Task A_running_log_verifies_while_it_grows()
    {
        await using var server = await RunningServer.StartAsync();
        var growing = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Tree.NewOrg(server, $"Org {i}");
            }
        });
        var auditor = await server.Person("auditor");
        do
        {
            await Task.Delay(10);
            var answer = (await auditor.Get("/api/v1/audit/verify")).Expect(200);
            Assert.True(answer.Json.GetProperty("ok").GetBoolean(), answer.Body);
            Assert.False(answer.Json.TryGetProperty("firstBad", out _));
            var shards = answer.Json.GetProperty("shards").EnumerateArray().ToArray();
            Assert.Equal([0, 1, 2, 3], shards.Select(s => s.GetProperty("shard").GetInt32()));
            Assert.All(
                shards,
                s => Assert.Equal(64, s.GetProperty("headHash").GetString()!.Length)
            );
        } while (!growing.IsCompleted);
        await growing;
    }

    [Fact]
    public async Task What_is_bad_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        server.Anchor();
        var file = Path.Combine(server.Data, "checkpoints.log");
        var lines = await File.ReadAllLinesAsync(file);
        lines[0] = lines[0].Replace(' ', '0');
        await File.WriteAllLinesAsync(file, lines);
        var answer = (await server.Admin.Get("/api/v1/audit/verify")).Expect(200);
        Assert.False(answer.Json.GetProperty("ok").GetBoolean());
        var bad = answer.Json.GetProperty("firstBad");
        Assert.Contains("line 1", bad.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }
}
