using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>R2: the server dies with SIGKILL while it appends; whatever it had answered is there afterwards.</summary>
public sealed class ServerKilledTests(ITestOutputHelper output)
{
    private const int Writers = 16;

    [Fact]
    public async Task Killed_during_appends_it_keeps_everything_it_answered_and_the_chain_verifies()
    {
        await using var server = await RunningServer.Start();
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        var killedUnanswered = 0;

        for (var kill = 0; kill < KillPlan.Kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var flowing = new TaskCompletionSource(
                TaskCreationOptions.RunContinuationsAsynchronously
            );
            var writers = Enumerable
                .Range(0, Writers)
                .Select(w => Write(server, $"{kill}-{w}", flowing, stop.Token))
                .ToArray();
            await flowing.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await Task.Delay(kill * 37 % 150);
            await server.Kill();
            await stop.CancelAsync();
            var answers = await Task.WhenAll(writers);
            killedUnanswered += answers.Any(a => a.Unanswered) ? 1 : 0;
            acknowledged.UnionWith(answers.SelectMany(a => a.Made));
            await server.StartAgain();
        }

        output.WriteLine(
            $"killed {KillPlan.Kills} times, {killedUnanswered} of them while a request was unanswered; {acknowledged.Count} answers"
        );
        Assert.True(
            killedUnanswered >= KillPlan.Kills / 2,
            $"only {killedUnanswered} kills met an unanswered request"
        );
        Assert.True(
            acknowledged.Count > KillPlan.Kills,
            "hardly anything was written; the test shows nothing"
        );
        Assert.Empty(acknowledged.Except(await Orgs(server)));
        var verified = await server.Admin.Get("/api/v1/audit/verify");
        Assert.True(verified.Body.GetProperty("ok").GetBoolean(), verified.Body.ToString());
    }

    private static async Task<(List<string> Made, bool Unanswered)> Write(
        RunningServer server,
        string name,
        TaskCompletionSource flowing,
        CancellationToken stop
    )
    {
        List<string> made = [];
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                var answer = await server.Admin.Post(
                    "/api/v1/orgs",
                    new { kind = "agent", name = $"{name}-{i}" }
                );
                if (answer.Status == HttpStatusCode.Created)
                {
                    made.Add(answer.Text("id"));
                    flowing.TrySetResult();
                }
                else
                {
                    // The rate limit: this writer has shown enough.
                    Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
                    await Task.Delay(50, CancellationToken.None);
                }
            }
            catch (HttpRequestException)
            {
                return (made, true);
            }
        }
        return (made, false);
    }

    private static async Task<HashSet<string>> Orgs(RunningServer server)
    {
        HashSet<string> all = new(StringComparer.Ordinal);
        var after = "";
        while (true)
        {
            var page = await server.Admin.Get($"/api/v1/orgs?limit=200&after={after}");
            if (page.Status == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(200);
                continue;
            }
            all.UnionWith(
                page.Expect(HttpStatusCode.OK)
                    .Body.GetProperty("items")
                    .EnumerateArray()
                    .Select(o => o.GetProperty("id").GetString()!)
            );
            if (!page.Body.TryGetProperty("next", out var next))
            {
                return all;
            }
            after = next.GetString()!;
        }
    }
}
