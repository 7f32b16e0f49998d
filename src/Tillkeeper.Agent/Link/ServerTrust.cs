using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Agent.Clock;

namespace Tillkeeper.Agent.Link;

/// <summary>
/// Is this our server? Its certificate must be for its name and its use, and chain to the CA given; the machine's own roots count for
/// nothing. Dates count only when trusted time is known: a dead clock must not cut a terminal off from the server that could tell
/// it the time.
/// </summary>
internal static class ServerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static bool Accepts(
        X509Certificate? presented,
        X509Chain? sent,
        SslPolicyErrors errors,
        X509Certificate2Collection roots,
        DeviceClock clock
    )
    {
        const SslPolicyErrors Fatal =
            SslPolicyErrors.RemoteCertificateNotAvailable
            | SslPolicyErrors.RemoteCertificateNameMismatch;
        if (
            presented is not X509Certificate2 certificate
            || (errors & Fatal) != SslPolicyErrors.None
        )
        {
            return false;
        }
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(sent?.ChainElements.Select(e => e.Certificate).ToArray() ?? []);
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTimeIgnored = false;
        if (clock.Trusted is { } now)
        {
            policy.VerificationTime = now.UtcDateTime;
        }
        else
        {
            policy.VerificationFlags |= X509VerificationFlags.IgnoreNotTimeValid;
        }
        return chain.Build(certificate);
    }
}
