using System.Net.Http.Json;
using System.Text.Json;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>Somebody at the people's door, with a key of their own.</summary>
internal sealed record TestPerson(string Id, HttpClient Client)
{
    public Task<Answer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> Post(string path, object body, string? idempotencyKey = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }
        return Send(request);
    }

    public Task<Answer> Put(string path, HttpContent content) =>
        Send(new HttpRequestMessage(HttpMethod.Put, path) { Content = content });

    public Task<Answer> Put(string path, byte[] content) =>
        Put(path, new ByteArrayContent(content));

    private async Task<Answer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Client.SendAsync(request);
            return await Answer.Of(response);
        }
    }
}

/// <summary>What the server said.</summary>
internal sealed record Answer(int Status, string Body)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    public JsonElement Json { get; } =
        Body.StartsWith('{') ? JsonDocument.Parse(Body).RootElement : Nothing;

    /// <summary>The code of a problem, told as JSON or on a page; or empty.</summary>
    public string Code => Find("code") ?? OnPage(Body);

    /// <summary>The field that a problem is about, or empty.</summary>
    public string Field => Find("field") ?? "";

    public static async Task<Answer> Of(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync());

    public string Text(string name) =>
        Find(name) ?? throw new InvalidOperationException($"No '{name}' in {Status} {Body}");

    /// <summary>The answer, when it has this status; otherwise the test ends with what was answered instead.</summary>
    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Body}");
        return this;
    }

    public void Refuses(int status, string code, string field = "")
    {
        Expect(status);
        Assert.Equal((code, field), (Code, Field));
    }

    private static string OnPage(string page)
    {
        const string Mark = "data-code=\"";
        var at = page.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? "" : page[(at + Mark.Length)..].Split('"')[0];
    }

    private string? Find(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
