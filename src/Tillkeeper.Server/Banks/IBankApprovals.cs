using System.Net.Http.Headers;

namespace Tillkeeper.Server.Banks;

/// <summary>
/// How a request reaches the app of the person whose card a terminal is bound to. One adapter a kind of bank; what comes back is signed
/// by the bank and comes in at <c>/bank/v1</c>, whatever the way out was.
/// </summary>
internal interface IBankApprovals
{
    /// <summary>Hands a signed request over; null when the bank has taken it, else what went wrong. Never waits long.</summary>
    Task<string?> Ask(Bank bank, string signedRequest, CancellationToken cancel);
}

/// <summary>A bank that takes requests as <c>application/jose</c> by HTTP.</summary>
internal sealed class HttpBank : IBankApprovals, IDisposable
{
    private static readonly MediaTypeHeaderValue Jose = new("application/jose");

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
        }
    )
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public async Task<string?> Ask(Bank bank, string signedRequest, CancellationToken cancel)
    {
        using StringContent content = new(signedRequest, Jose);
        using HttpRequestMessage request = new(HttpMethod.Post, bank.Url) { Content = content };
        try
        {
            using var response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancel
            );
            return response.IsSuccessStatusCode
                ? null
                : $"The bank answered {(int)response.StatusCode}.";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"The bank did not answer within {http.Timeout.TotalSeconds:0} seconds.";
        }
        catch (HttpRequestException e)
        {
            return $"The bank cannot be reached ({e.HttpRequestError}).";
        }
    }

    public void Dispose() => http.Dispose();
}
