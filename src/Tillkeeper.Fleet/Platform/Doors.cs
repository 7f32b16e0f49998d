using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Tillkeeper.Fleet.Platform;

/// <summary>A running server as a fleet meets it: both doors, the CA pinned, one API key.</summary>
internal sealed class Doors : IDisposable
{
    private const int MostAttempts = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly X509Certificate2 ca;
    private readonly Uri people;
    private readonly Uri terminals;

    /// <param name="people">The people's door.</param>
    /// <param name="terminals">The terminals' door.</param>
    /// <param name="caPem">The CA's certificate.</param>
    /// <param name="key">An API key that may register terminals and order locks.</param>
    public Doors(Uri people, Uri terminals, string caPem, string key)
    {
        ca = X509Certificate2.CreateFromPem(caPem);
        CaPem = caPem;
        this.people = people;
        this.terminals = terminals;
        People = Person(key);
        Strangers = Client(terminals, null);
    }

    public string CaPem { get; }

    /// <summary>The people's door.</summary>
    public HttpClient People { get; }

    /// <summary>Somebody else at the people's door, with a key of their own.</summary>
    public HttpClient Person(string key)
    {
        var client = Client(people, null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>The terminals' door for whoever has no certificate yet.</summary>
    public HttpClient Strangers { get; }

    /// <summary>A terminal's own connection: HTTP/2, its certificate, nobody else's.</summary>
    public HttpClient Terminal(X509Certificate2 certificate) => Client(terminals, certificate);

    /// <summary>Posts and returns what was made.</summary>
    /// <exception cref="HttpRequestException">The server refused; the message carries its answer.</exception>
    public static async Task<JsonElement> Post(
        HttpClient client,
        string path,
        object body,
        CancellationToken stop
    )
    {
        var attempts = MostAttempts;
        while (true)
        {
            using var answer = await client.PostAsJsonAsync(path, body, stop);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests && --attempts > 0)
            {
                // Nothing was done: one key is many people here, and the server counts a key's requests.
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? Pause, stop);
                continue;
            }
            await Expect(answer, path, stop);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
        }
    }

    public static async Task Expect(HttpResponseMessage answer, string path, CancellationToken stop)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var said = await answer.Content.ReadAsStringAsync(stop);
            throw new HttpRequestException(
                $"{path}: {(int)answer.StatusCode} {said}",
                null,
                answer.StatusCode
            );
        }
    }

    public void Dispose()
    {
        People.Dispose();
        Strangers.Dispose();
        ca.Dispose();
    }

    private HttpClient Client(Uri door, X509Certificate2? certificate) =>
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                SslOptions = new SslClientAuthenticationOptions
                {
                    ClientCertificates = certificate is null ? null : [certificate],
                    // A session begun without a certificate must not be taken up again with one.
                    AllowTlsResume = certificate is not null,
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { ca },
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
            }
        )
        {
            BaseAddress = door,
            Timeout = Patience,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
}
