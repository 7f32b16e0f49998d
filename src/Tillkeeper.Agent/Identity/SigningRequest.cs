using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tillkeeper.Agent.Identity;

/// <summary>PKCS#10 for the terminal's key. The server decides the name in the certificate; the one asked for says nothing.</summary>
internal static class SigningRequest
{
    public static string For(byte[] privateKey)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return new CertificateRequest(
            "CN=tillkeeper terminal",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();
    }
}
