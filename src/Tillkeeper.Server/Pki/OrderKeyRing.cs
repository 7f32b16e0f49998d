using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Pki;

/// <summary>A key set with the private keys to it, newest first.</summary>
/// <param name="Jws">The set signed by the CA, compact.</param>
internal sealed record OrderKeys(KeySet Set, string Jws, ImmutableArray<SigningKey> Private)
{
    /// <summary>
    /// Which key to sign with for a reader that has the set of version <paramref name="known"/>: every version adds exactly one key, so
    /// the newest that it knows is as many places down as it is versions behind.
    /// </summary>
    public int NewestIn(long known) => (int)Math.Clamp(Set.Version - known, 0, Private.Length - 1);
}

/// <summary>
/// The order keys as they are kept: <c>order-key/&lt;kid&gt;</c> holds a private key, <c>key-set/&lt;version&gt;</c> a set signed by the
/// CA. Only ever added to: the newest version is in force, and of two replicas that add the same one, one fails.
/// </summary>
internal sealed class OrderKeyRing(Vault vault, CertificateAuthority ca)
{
    private const int MostKeys = 3;
    private const string KeyPrefix = "order-key/";
    private const string SetPrefix = "key-set/";
    private readonly Dictionary<string, SigningKey> loaded = new(StringComparer.Ordinal);

    public OrderKeys LoadOrCreate()
    {
        if (Load() is { } found)
        {
            return found;
        }
        try
        {
            return Add(before: null);
        }
        catch (Exception) when (NewestVersion() > 0)
        {
            // Another replica was first.
            return Load()!;
        }
    }

    /// <summary>A set with a new key in front; the oldest beyond three drops out.</summary>
    public OrderKeys Rotate() => Add(Load());

    private OrderKeys? Load()
    {
        var version = NewestVersion();
        if (version == 0)
        {
            return null;
        }
        var jws = Encoding.ASCII.GetString(Required(SetName(version)));
        using var caKey = ca.Certificate.GetECDsaPublicKey()!;
        var set = KeySet.Open(jws, caKey);
        return set?.Version == version
            ? new OrderKeys(set, jws, [.. set.Keys.Select(k => PrivateKey(k.Kid))])
            : throw new SecretsUnusableException(
                $"The key set {version} is not signed by this server's CA: restore a backup."
            );
    }

    private OrderKeys Add(OrderKeys? before)
    {
        var pkcs8 = SigningKey.Generate();
        var key = new SigningKey(pkcs8);
        var made = ToOrderKey(key);
        // The key first: a set without its key would be useless, a key without a set is merely forgotten.
        vault.Add(KeyPrefix + made.Kid, pkcs8);
        var version = (before?.Set.Version ?? 0) + 1;
        var older = before?.Set.Keys.Take(MostKeys - 1) ?? [];
        var set = new KeySet(version, [made, .. older]);
        var input = Jws.InputFor(KeySet.CaKid, KeySet.Typ, set.ToPayload());
        var jws = Jws.Compose(input, ca.Sign(input));
        vault.Add(SetName(version), Encoding.ASCII.GetBytes(jws));
        loaded.Add(made.Kid, key);
        return new OrderKeys(set, jws, [.. set.Keys.Select(k => PrivateKey(k.Kid))]);
    }

    private SigningKey PrivateKey(string kid)
    {
        if (!loaded.TryGetValue(kid, out var key))
        {
            key = new SigningKey(Required(KeyPrefix + kid));
            loaded.Add(kid, key);
        }
        return key;
    }

    private byte[] Required(string name) =>
        vault.Find(name)
        ?? throw new SecretsUnusableException(
            $"The secret '{name}' is missing from the database: restore a backup."
        );

    private long NewestVersion() =>
        vault
            .Names(SetPrefix)
            .Select(n => long.Parse(n.AsSpan(SetPrefix.Length), CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();

    private static string SetName(long version) =>
        SetPrefix + version.ToString(CultureInfo.InvariantCulture);

    private static OrderKey ToOrderKey(SigningKey key)
    {
        var kid = Base64Url.EncodeToString(SHA256.HashData(key.PublicKey))[..16];
        var point = key.Parameters.Q;
        return new OrderKey(
            kid,
            Base64Url.EncodeToString(point.X),
            Base64Url.EncodeToString(point.Y)
        );
    }
}
