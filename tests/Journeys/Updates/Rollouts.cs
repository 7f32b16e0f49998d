using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Updates;

/// <summary>What a fleet manager does with updates, over the API alone.</summary>
internal static class Rollouts
{
    public static async Task<string> Upload(HttpClient fleet, string version, byte[] tar)
    {
        using var content = new ByteArrayContent(tar);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var answer = await Answer.Of(
            await fleet.PutAsync($"/api/v1/artifacts?name=till&version={version}", content)
        );
        return answer.Expect(HttpStatusCode.Created).Text("id");
    }

    /// <summary>Offers an artifact to one terminal; the id of the campaign.</summary>
    public static async Task<string> Offer(
        HttpClient fleet,
        RunningAgent agent,
        string artifact,
        object? window = null
    )
    {
        var answer = await fleet.Post(
            "/api/v1/campaigns",
            new
            {
                name = "Update of the till",
                artifact,
                selector = new { terminals = new[] { agent.Terminal } },
                groups = new[]
                {
                    new
                    {
                        share = 1,
                        success = 1,
                        error = 1,
                    },
                },
                window,
            }
        );
        return answer.Expect(HttpStatusCode.Created).Text("id");
    }

    public static async Task<string> Offer(
        HttpClient fleet,
        RunningAgent agent,
        string version,
        bool broken
    ) => await Offer(fleet, agent, await Upload(fleet, version, Software.Tar(version, broken)));

    /// <summary>Waits until the only terminal of a campaign is where it should be.</summary>
    public static async Task<JsonElement> Until(
        HttpClient fleet,
        string campaign,
        string step,
        int seconds = 30
    ) =>
        (
            await fleet.Until(
                $"/api/v1/campaigns/{campaign}/terminals",
                a => a.Body.GetProperty("items")[0].GetProperty("step").GetString() == step,
                seconds
            )
        ).Body.GetProperty("items")[0];

    public static async Task Until(
        Func<bool> wanted,
        string what,
        int seconds = 30,
        int everyMs = 10
    )
    {
        var end = Environment.TickCount64 + (seconds * 1000L);
        while (!wanted())
        {
            Assert.True(Environment.TickCount64 < end, $"{what} did not come about");
            await Task.Delay(everyMs);
        }
    }
}
