using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Pki;

/// <summary>
/// Signs orders and times with the newest key, and publishes the set of keys that terminals obey, signed by the CA. An
/// older key stays in the set for two rotations, so that what it signed can still be verified. Safe for concurrent use.
/// </summary>
internal sealed class OrderSigner
{
    private readonly OrderKeyRing ring;
    private readonly System.Threading.Lock rotation = new();
    private volatile OrderKeys keys;

    private OrderSigner(OrderKeyRing ring)
    {
        this.ring = ring;
        keys = ring.LoadOrCreate();
    }

    /// <summary>The key set that terminals are given, signed by the CA (compact JWS).</summary>
    public string KeySetJws => keys.Jws;

    /// <summary>Its version: from 1, one more with every rotation.</summary>
    public long KeySetVersion => keys.Set.Version;

    /// <exception cref="SecretsUnusableException">The master key is not the one the keys were sealed with.</exception>
    public static OrderSigner LoadOrCreate(
        ISealedStore store,
        IKeys masterKey,
        CertificateAuthority ca
    ) => new(new OrderKeyRing(new Vault(store, masterKey), ca));

    /// <summary>Signs an order (compact JWS).</summary>
    /// <param name="knownSet">
    /// The version of the key set that the terminal has; the order is signed with the newest key in it. Without it: the newest key
    /// of all, but for an order that brings a key set the oldest, because its reader does not know the newest yet.
    /// </param>
    public string Sign(Order order, long? knownSet = null)
    {
        var known = knownSet ?? (order.Kind == OrderKind.KeySet ? 0 : long.MaxValue);
        return Sign(OrderEnvelope.Typ, OrderEnvelope.ToPayload(order), known);
    }

    /// <summary>Signs the time for a terminal that asks with this nonce (compact JWS).</summary>
    /// <param name="knownSet">The version of the key set that the terminal has; without it, the newest.</param>
    public string SignTime(
        string terminal,
        string nonce,
        DateTimeOffset now,
        long? knownSet = null
    ) =>
        Sign(
            SignedTime.Typ,
            new SignedTime(terminal, nonce, now).ToPayload(),
            knownSet ?? long.MaxValue
        );

    /// <summary>
    /// Puts a new key in force, durably. The terminals must be sent the new <see cref="KeySetJws"/> before anything signed with it.
    /// </summary>
    public void Rotate()
    {
        lock (rotation)
        {
            keys = ring.Rotate();
        }
    }

    private string Sign(string typ, byte[] payload, long known)
    {
        var now = keys;
        var index = now.NewestIn(known);
        var input = Jws.InputFor(now.Set.Keys[index].Kid, typ, payload);
        return Jws.Compose(input, now.Private[index].Sign(input));
    }
}
