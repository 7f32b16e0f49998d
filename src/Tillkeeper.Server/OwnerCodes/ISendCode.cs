using System.Text.Json;

namespace Tillkeeper.Server.OwnerCodes;

/// <summary>Brings a one-time code to a phone. Whatever carries it keeps no copy.</summary>
internal interface ISendCode
{
    /// <summary>False where no gateway is set up.</summary>
    bool IsThere { get; }

    /// <summary>True when the gateway has taken the message; never waits long.</summary>
    Task<bool> Send(string phone, string text, CancellationToken cancel);
}

/// <summary>An SMS gateway that takes <c>{"to", "text"}</c> by POST.</summary>
internal sealed partial class SmsGateway(Uri? url, ILogger<SmsGateway> logger)
    : ISendCode,
        IDisposable
{
    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }
    )
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public bool IsThere => url is not null;

    public async Task<bool> Send(string phone, string text, CancellationToken cancel)
    {
        using StringContent content = new(
            JsonSerializer.Serialize(new { to = phone, text }),
            System.Text.Encoding.UTF8,
            "application/json"
        );
        try
        {
            using var response = await http.PostAsync(url, content, cancel);
            if (!response.IsSuccessStatusCode)
            {
                LogRefused((int)response.StatusCode);
            }
            return response.IsSuccessStatusCode;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogSilent();
            return false;
        }
        catch (HttpRequestException e)
        {
            LogUnreachable(e.HttpRequestError);
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    [LoggerMessage(LogLevel.Warning, "The SMS gateway answered {Status}.")]
    private partial void LogRefused(int status);

    [LoggerMessage(LogLevel.Warning, "The SMS gateway did not answer in time.")]
    private partial void LogSilent();

    [LoggerMessage(LogLevel.Warning, "The SMS gateway cannot be reached: {Error}.")]
    private partial void LogUnreachable(HttpRequestError error);
}
