using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tillkeeper.Agent.Identity;

/// <summary>The public key that key sets are signed with.</summary>
internal static class CaKey
{
    /// <exception cref="CryptographicException">The PEM is no certificate with a P-256 key.</exception>
    public static ECDsa Of(string caPem)
    {
        using var certificate = X509Certificate2.CreateFromPem(caPem);
        return certificate.GetECDsaPublicKey()
            ?? throw new CryptographicException("The CA's key is not an EC key.");
    }
}
