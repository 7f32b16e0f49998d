using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Api;

/// <summary>
/// The API as the pages use it: the same routes, rights and refusals that outside programs meet, asked on behalf of the person who reads
/// the page, in their language, without leaving the process. Handlers of pages take one as a parameter.
/// </summary>
internal sealed class ApiClient(HttpContext outer)
{
    private readonly ApiPipeline pipeline = outer.RequestServices.GetRequiredService<ApiPipeline>();

    private JsonSerializerOptions Json =>
        outer
            .RequestServices.GetRequiredService<
                IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>
            >()
            .Value.SerializerOptions;

    public static ValueTask<ApiClient> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new ApiClient(context));

    /// <param name="path">Path and query, e.g. <c>/api/v1/terminals?limit=50</c>; escape what comes from a person.</param>
    public async Task<Reply<T>> Get<T>(string path) => Read<T>(await Ask("GET", path));

    public Task<Reply<JsonElement>> Get(string path) => Get<JsonElement>(path);

    /// <param name="once">The form's own key: a form that is sent twice acts once (<c>Idempotency-Key</c>).</param>
    public async Task<Reply<JsonElement>> Post(string path, object body, string? once = null) =>
        Read<JsonElement>(
            await Ask("POST", path, JsonSerializer.SerializeToUtf8Bytes(body, Json), once: once)
        );

    public async Task<Reply<JsonElement>> Put(string path, object body) =>
        Read<JsonElement>(await Ask("PUT", path, JsonSerializer.SerializeToUtf8Bytes(body, Json)));

    public async Task<Reply<JsonElement>> Delete(string path) =>
        Read<JsonElement>(await Ask("DELETE", path));

    /// <summary>Bytes as they are: documents, files.</summary>
    public async Task<Reply<JsonElement>> Upload(string method, string path, byte[] content) =>
        Read<JsonElement>(await Ask(method, path, content, "application/octet-stream"));

    /// <summary>The same for what is too large to be held at once.</summary>
    public async Task<Reply<JsonElement>> Upload(string method, string path, Stream content) =>
        Read<JsonElement>(await Ask(method, path, content, "application/octet-stream"));

    /// <summary>Whatever the API sends, as it is: pictures, prints, exports.</summary>
    public async Task<IResult> Pass(string path)
    {
        var (status, body, type) = await Ask("GET", path);
        return status is >= 200 and < 300
            ? Results.Bytes(body, type)
            : Shell.Pages.Refused(ApiProblem.Read(status, body));
    }

    private Reply<T> Read<T>((int Status, byte[] Body, string? Type) answer)
    {
        if (answer.Status is < 200 or >= 300)
        {
            return new Reply<T>(
                answer.Status,
                default,
                ApiProblem.Read(answer.Status, answer.Body)
            );
        }
        return new Reply<T>(
            answer.Status,
            answer.Body.Length == 0 ? default : JsonSerializer.Deserialize<T>(answer.Body, Json),
            null
        );
    }

    private Task<(int Status, byte[] Body, string? Type)> Ask(
        string method,
        string path,
        byte[]? body = null,
        string type = "application/json",
        string? once = null
    ) =>
        Ask(
            method,
            path,
            body is null ? null : new MemoryStream(body, writable: false),
            type,
            once
        );

    private async Task<(int Status, byte[] Body, string? Type)> Ask(
        string method,
        string path,
        Stream? body,
        string type = "application/json",
        string? once = null
    )
    {
        await using var scope = outer.RequestServices.CreateAsyncScope();
        var inner = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            RequestAborted = outer.RequestAborted,
        };
        inner.Features.Set(outer.Features.Get<IHttpConnectionFeature>());
        inner.Features.Set(new DoorFeature(Door.People));
        inner.Features.Set(new Acting(Person.Of(outer)));
        var request = inner.Request;
        var query = path.IndexOf('?', StringComparison.Ordinal);
        request.Method = method;
        request.Scheme = outer.Request.Scheme;
        request.Host = outer.Request.Host;
        request.Path = PathString.FromUriComponent(query < 0 ? path : path[..query]);
        request.QueryString = new QueryString(query < 0 ? "" : path[query..]);
        request.Headers.AcceptLanguage = CultureInfo.CurrentUICulture.Name;
        if (once is not null)
        {
            request.Headers["Idempotency-Key"] = once;
        }
        if (body is not null)
        {
            request.Body = body;
            request.ContentLength = body.Length;
            request.ContentType = type;
            inner.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        }
        using MemoryStream answer = new();
        inner.Response.Body = answer;
        await pipeline.Whole(inner);
        await inner.Response.BodyWriter.FlushAsync(outer.RequestAborted);
        return (inner.Response.StatusCode, answer.ToArray(), inner.Response.ContentType);
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
