using System.Net.Http.Headers;
using System.Text.Json;

namespace Tillkeeper.Cli.Api;

/// <summary>Sends one request, again when the connection broke, and turns every ending into an answer or a reason.</summary>
internal sealed class TillkeeperClient : IDisposable
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private const int Retries = 2;
    private const long LargestAnswer = 64 * 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http;
    private readonly Uri server;

    public TillkeeperClient(Uri server, string? caFile, string key, TimeSpan timeout)
    {
        this.server = server;

        // A redirect would carry the key to a place nobody named, and a proxy does not know this machine's loopback.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !server.IsLoopback,
            SslOptions = ServerTrust.For(caFile),
        };
        http = new HttpClient(handler)
        {
            BaseAddress = server,
            Timeout = timeout,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/problem+json");
    }

    public async Task<Answer> SendAsync(ApiRequest request, CancellationToken cancellation)
    {
        var idempotencyKey =
            request.Method == HttpMethod.Post ? Guid.NewGuid().ToString("N") : null;
        var retries = 0;
        while (true)
        {
            try
            {
                return await SendOnceAsync(request, idempotencyKey, cancellation);
            }
            catch (HttpRequestException e) when (retries < Retries && ConnectionFailure.MayRetry(e))
            {
                retries++;
                await Task.Delay(Pause * retries, cancellation);
            }
            catch (HttpRequestException e)
            {
                throw ConnectionFailure.Describe(e, server);
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw new ServerUnreachableException(
                    $"The server at {server} did not answer within {http.Timeout.TotalSeconds:0.#} s.",
                    e
                );
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer> SendOnceAsync(
        ApiRequest request,
        string? idempotencyKey,
        CancellationToken cancellation
    )
    {
        using var message = request.CreateMessage(idempotencyKey);
        using var response = await http.SendAsync(message, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw Problem.From((int)response.StatusCode, response.ReasonPhrase, body);
        }

        try
        {
            return Answer.Read(body, response.Headers.Date ?? TimeProvider.System.GetUtcNow());
        }
        catch (JsonException e)
        {
            throw new ServerUnreachableException(
                $"What answers at {server} is not Tillkeeper: no JSON came back.",
                e
            );
        }
    }
}
