using System.Security.Cryptography;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Link;

namespace Tillkeeper.Agent.Identity;

/// <summary>Renews the client certificate, for the same key, when two thirds of its life are over by trusted time.</summary>
internal sealed partial class Renewal(
    IdentityStore identities,
    ServerClient server,
    DeviceClock clock,
    ILogger<Renewal> logger
)
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    /// <summary>Until the first signed time is heard nothing can be judged, so the first looks are closer.</summary>
    private static readonly TimeSpan WhileUnsure = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(clock.Trusted is null ? WhileUnsure : Between, stop);
            if (!IsDue())
            {
                continue;
            }
            try
            {
                await RenewAsync(stop);
            }
            catch (Exception e) when (ServerFailure.IsOne(e, stop) || e is CryptographicException)
            {
                LogFailed(ServerFailure.Describe(e));
            }
        }
    }

    internal bool IsDue()
    {
        if (clock.Trusted is not { } now || identities.ClientCertificate is not { } own)
        {
            return false;
        }
        var from = own.NotBefore.ToUniversalTime();
        var life = own.NotAfter.ToUniversalTime() - from;
        return now.UtcDateTime >= from + (life * 2 / 3);
    }

    internal async Task RenewAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ServerClient.RequestTimeout);
        var identity = identities.Required;
        using var content = JsonContent.Create(
            new RenewalRequest(SigningRequest.For(identity.PrivateKey)),
            IdentityJson.Default.RenewalRequest
        );
        using var response = await server.Http.PostAsync(
            "/terminal/v1/renew",
            content,
            limit.Token
        );
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(
            IdentityJson.Default.RenewalAnswer,
            limit.Token
        );
        if (answer is not null)
        {
            // Refuses a certificate for another key, and the old one stays.
            identities.Keep(identity with { Certificate = answer.Certificate });
            LogRenewed(identities.ClientCertificate!.NotAfter);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The certificate could not be renewed: {Problem}. Trying again in an hour."
    )]
    private partial void LogFailed(string problem);

    [LoggerMessage(LogLevel.Information, "The certificate was renewed; it is good until {End}.")]
    private partial void LogRenewed(DateTime end);
}
