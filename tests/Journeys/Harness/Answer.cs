using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tillkeeper.Journeys.Harness;

/// <summary>An HTTP answer, read to its end.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public int Code => (int)Status;

    public string Text(string property) => Body.GetProperty(property).ToString();

    /// <summary>The locks in the answer.</summary>
    public JsonElement[] Locks => [.. Body.GetProperty("locks").EnumerateArray()];

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        using (response)
        {
            var bytes = await response.Content.ReadAsByteArrayAsync();
            var json =
                response.Content.Headers.ContentType?.MediaType?.EndsWith(
                    "json",
                    StringComparison.Ordinal
                ) == true;
            return new Answer(
                response.StatusCode,
                json && bytes.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(bytes) : default
            );
        }
    }

    public Answer Expect(HttpStatusCode expected)
    {
        Assert.True(
            Status == expected,
            $"expected {expected}, got {Status}: {(Body.ValueKind == JsonValueKind.Undefined ? "" : Body)}"
        );
        return this;
    }
}

/// <summary>The few verbs the journeys speak.</summary>
internal static class Asking
{
    public static async Task<Answer> Get(this HttpClient client, string path) =>
        await Answer.Of(await client.GetAsync(path));

    public static async Task<Answer> Post(
        this HttpClient client,
        string path,
        object? body = null,
        string? bearer = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (bearer is not null)
        {
            request.Headers.Authorization = new("Bearer", bearer);
        }
        return await Answer.Of(await client.SendAsync(request));
    }

    /// <summary>Asks again until the answer is as wanted; fails with the last one when the time is up.</summary>
    public static async Task<Answer> Until(
        this HttpClient client,
        string path,
        Func<Answer, bool> wanted,
        int seconds = 30
    )
    {
        var end = Environment.TickCount64 + (seconds * 1000L);
        while (true)
        {
            var answer = await client.Get(path);
            if (wanted(answer))
            {
                return answer;
            }
            Assert.True(
                Environment.TickCount64 < end,
                $"{path} did not become as wanted; last: {answer.Status} {answer.Body}"
            );
            await Task.Delay(50);
        }
    }
}
