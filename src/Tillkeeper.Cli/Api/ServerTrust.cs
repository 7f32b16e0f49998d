using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tillkeeper.Cli.Api;

/// <summary>
/// Which server is believed. There is no callback: the platform checks chain, host name and use of the certificate, and
/// a CA that was given replaces every other one.
/// </summary>
internal static class ServerTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static SslClientAuthenticationOptions For(string? caFile)
    {
        var options = new SslClientAuthenticationOptions();
        if (caFile is not null)
        {
            options.CertificateChainPolicy = OnlyFrom(caFile);
        }

        return options;
    }

    private static X509ChainPolicy OnlyFrom(string caFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"The CA file cannot be read: {e.Message}", e);
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new UsageException($"The CA file {caFile} holds no certificate in PEM.");
    }
}
