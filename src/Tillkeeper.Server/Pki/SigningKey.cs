using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tillkeeper.Server.Pki;

/// <summary>
/// A P-256 private key for many threads at once. One <see cref="ECDsa"/> is not promised to be safe for that, a lock would
/// leave all but one core idle, so idle instances wait in a pool.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private static readonly int Most = 2 * Environment.ProcessorCount;
    private readonly ConcurrentBag<ECDsa> idle = [];
    private readonly byte[] pkcs8;

    public SigningKey(byte[] pkcs8)
    {
        this.pkcs8 = pkcs8;
        var key = Load();
        Parameters = key.ExportParameters(includePrivateParameters: false);
        PublicKey = key.ExportSubjectPublicKeyInfo();
        idle.Add(key);
    }

    /// <summary>The public point.</summary>
    public ECParameters Parameters { get; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey { get; }

    /// <summary>A new private key, PKCS#8.</summary>
    public static byte[] Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <summary>ES256: 64 bytes, r then s (RFC 7518 3.4).</summary>
    public byte[] Sign(byte[] data) =>
        Use(key =>
            key.SignData(
                data,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );

    /// <summary>Lends the key to one caller; it must not be kept.</summary>
    public T Use<T>(Func<ECDsa, T> use)
    {
        var key = idle.TryTake(out var pooled) ? pooled : Load();
        try
        {
            return use(key);
        }
        finally
        {
            if (idle.Count < Most)
            {
                idle.Add(key);
            }
            else
            {
                key.Dispose();
            }
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(pkcs8);
        while (idle.TryTake(out var key))
        {
            key.Dispose();
        }
    }

    private ECDsa Load()
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return key;
    }
}
