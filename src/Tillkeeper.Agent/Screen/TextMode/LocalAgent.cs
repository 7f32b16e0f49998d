using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <param name="Status">0 when nobody answered.</param>
internal readonly record struct LocalAnswer(int Status, JsonElement Body)
{
    public bool Ok => Status is >= 200 and < 300;

    public string? Text(string name) =>
        Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public int? Number(string name) =>
        Body.ValueKind == JsonValueKind.Object
        && Body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
            ? value.GetInt32()
            : null;
}

/// <summary>The agent's local API as any program of the machine may use it. A call never throws for want of an answer.</summary>
internal sealed class LocalAgent : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private readonly HttpClient http;

    public LocalAgent(Uri agent, string language)
    {
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(agent, "/local/v1/"),
            Timeout = Longest,
            MaxResponseContentBufferSize = MostBytes,
        };
        http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
    }

    /// <summary>The signed-in operator's token; it is kept here and nowhere else.</summary>
    public string? Session { get; set; }

    public void Dispose() => http.Dispose();

    public async Task<LocalAnswer> AskAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken stop
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(
                body.ToJsonString(),
                Encoding.UTF8,
                "application/json"
            );
        }
        if (Session is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Session);
        }
        try
        {
            using var answer = await http.SendAsync(request, stop);
            var text = await answer.Content.ReadAsByteArrayAsync(stop);
            return new LocalAnswer((int)answer.StatusCode, Read(text));
        }
        catch (Exception e)
            when (e is HttpRequestException
                || (e is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            return default;
        }
    }

    private static JsonElement Read(byte[] text)
    {
        if (text.Length == 0)
        {
            return default;
        }
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
