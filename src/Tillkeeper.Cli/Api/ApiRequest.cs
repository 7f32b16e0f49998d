using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Api;

/// <summary>One request to the people's door; it can be sent again, so its content is made anew for each attempt.</summary>
internal sealed record ApiRequest
{
    private ApiRequest(HttpMethod method, string[] segments)
    {
        Method = method;
        Path = "api/v1/" + string.Join('/', segments.Select(Segment));
    }

    public HttpMethod Method { get; }

    /// <summary>Relative to the server's address, escaped, with the query.</summary>
    public string Path { get; private init; }

    private Func<HttpContent>? Content { get; init; }

    public static ApiRequest Get(params string[] segments) => new(HttpMethod.Get, segments);

    public static ApiRequest Post(params string[] segments) => new(HttpMethod.Post, segments);

    public static ApiRequest Put(params string[] segments) => new(HttpMethod.Put, segments);

    public static ApiRequest Delete(params string[] segments) => new(HttpMethod.Delete, segments);

    public ApiRequest WithQuery(string name, string? value)
    {
        if (value is null)
        {
            return this;
        }

        var separator = Path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return this with { Path = $"{Path}{separator}{name}={Uri.EscapeDataString(value)}" };
    }

    public ApiRequest WithJson(JsonObject body)
    {
        var text = body.ToJsonString();
        return this with
        {
            Content = () => new StringContent(text, Encoding.UTF8, "application/json"),
        };
    }

    public ApiRequest WithFile(Func<Stream> open) =>
        this with
        {
            Content = () => FileContent(open()),
        };

    public HttpRequestMessage CreateMessage(string? idempotencyKey)
    {
        var message = new HttpRequestMessage(Method, Path) { Content = Content?.Invoke() };
        if (idempotencyKey is not null)
        {
            message.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        // A file that the server will not take should be refused before it has crossed the network.
        message.Headers.ExpectContinue = message.Content is StreamContent ? true : null;
        return message;
    }

    private static StreamContent FileContent(Stream stream)
    {
        var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }

    // "." and ".." survive escaping and would lead to another resource than the one that was named.
    private static string Segment(string value) =>
        string.IsNullOrWhiteSpace(value) || value is "." or ".."
            ? throw new UsageException($"'{value}' cannot be an id.")
            : Uri.EscapeDataString(value);
}
