using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Notifications.Sending;

/// <summary>Hands a message to a gateway over HTTP, in the shape that the gateway wants.</summary>
internal sealed class HttpCarrier : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private const int LongestWord = 40;
    private readonly HttpClient http;

    public HttpCarrier(AddressGuard guard)
    {
        http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = guard.Connect,
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                MaxResponseHeadersLength = 16,
            }
        )
        {
            // Who sends sets the limit, connecting included.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Tillkeeper/1");
    }

    public void Dispose() => http.Dispose();

    /// <returns>Null when the gateway took it.</returns>
    public async Task<SendFailure?> Send(
        HttpSettings settings,
        Message message,
        CancellationToken cancel
    )
    {
        var body = HttpBody.Fill(
            settings.Body,
            settings.ContentType,
            name =>
                name switch
                {
                    "to" => message.To,
                    "title" => message.Title,
                    "text" => message.Text,
                    _ => message.Id,
                }
        );
        using HttpRequestMessage request = new(HttpMethod.Post, settings.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, settings.ContentType),
        };
        foreach (var (name, value) in settings.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var response = await http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
            {
                return new SendFailure(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"answered {(int)response.StatusCode}"
                    ),
                    response.StatusCode == HttpStatusCode.Gone
                );
            }
            return settings.ExpectField is { } field
                ? Judge(
                    await response.Content.ReadAsByteArrayAsync(cancel),
                    field,
                    settings.ExpectValue!
                )
                : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return new SendFailure($"was not reached ({e.GetType().Name})");
        }
    }

    private static SendFailure? Judge(byte[] answer, string field, string value)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var said =
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(field, out var found)
                    ? found.ToString()
                    : null;
            if (said == value)
            {
                return null;
            }
            var shown = said is { Length: <= LongestWord } ? said : "(other)";
            return new SendFailure($"answered {field} {shown}");
        }
        catch (JsonException)
        {
            return new SendFailure("answered no JSON");
        }
    }
}
