using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.DemoBank;

/// <summary>The line to the provider of the terminals: who we are there, and which key its requests are signed with.</summary>
internal sealed class ProviderLink(HttpClient http)
{
    private volatile Registration? registered;

    private sealed record Registration(string Bank, byte[] RequestKey);

    public static ProviderLink To(Uri server, string caFile) =>
        new(
            new HttpClient(
                new SocketsHttpHandler
                {
                    SslOptions = new SslClientAuthenticationOptions
                    {
                        CertificateChainPolicy = new X509ChainPolicy
                        {
                            TrustMode = X509ChainTrustMode.CustomRootTrust,
                            CustomTrustStore =
                            {
                                X509CertificateLoader.LoadCertificateFromFile(caFile),
                            },
                            RevocationMode = X509RevocationMode.NoCheck,
                        },
                    },
                }
            )
            {
                BaseAddress = server,
                Timeout = TimeSpan.FromSeconds(10),
            }
        );

    public string? Bank => registered?.Bank;

    /// <param name="requestKey">PEM, as <c>POST /api/v1/banks</c> answered it.</param>
    public void Register(string bank, string requestKey)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(requestKey);
        registered = new Registration(bank, key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The request, when the provider has signed it for us and it has not expired; else null.</summary>
    public JsonObject? Open(string signed)
    {
        if (
            registered is not { } known
            || Jws.Parse(signed) is not { Typ: "tillkeeper-bank-request" } jws
        )
        {
            return null;
        }
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(known.RequestKey, out _);
        if (!jws.IsSignedBy(key))
        {
            return null;
        }
        var request = JsonNode.Parse(jws.Payload)!.AsObject();
        return
            (string?)request["aud"] == known.Bank
            && DateTimeOffset.Parse(
                (string)request["exp"]!,
                System.Globalization.CultureInfo.InvariantCulture
            ) > DateTimeOffset.UtcNow
            ? request
            : null;
    }

    /// <summary>Sends a signed message and gives the provider's answer as it is.</summary>
    public async Task<(int Status, string Body)> Send(
        string what,
        string message,
        CancellationToken cancel
    )
    {
        using var response = await http.PostAsJsonAsync(
            $"/bank/v1/{Bank}/{what}",
            new { message },
            cancel
        );
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel));
    }
}
