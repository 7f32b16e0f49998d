using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Tests.Pki;

public sealed class OrderSignerTests : IDisposable
{
    private readonly PkiWorld world = new();
    private readonly OrderSigner signer;

    public OrderSignerTests() => signer = world.LoadSigner();

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_terminal_that_trusts_the_ca_obeys_an_order()
    {
        var order = AnOrder(7);
        Assert.Equal((order, null), OrderEnvelope.Open(signer.Sign(order), Published(signer)));
    }

    [Fact]
    public void Every_altered_character_of_an_order_is_found()
    {
        var jws = signer.Sign(AnOrder(7));
        var keys = Published(signer);
        for (var i = 0; i < jws.Length; i++)
        {
            var altered = jws[..i] + (jws[i] == 'A' ? 'B' : 'A') + jws[(i + 1)..];
            Assert.NotNull(OrderEnvelope.Open(altered, keys).Refusal);
        }
    }

    [Fact]
    public void Another_servers_orders_and_key_sets_are_refused()
    {
        using var other = new PkiWorld();
        var stranger = other.LoadSigner();

        var (_, refusal) = OrderEnvelope.Open(stranger.Sign(AnOrder(1)), Published(signer));

        Assert.Equal("unknown_key", refusal!.Code);
        Assert.Null(Open(stranger.KeySetJws));
    }

    [Fact]
    public void The_time_is_signed_for_one_terminal_and_nonce()
    {
        var jws = signer.SignTime(PkiWorld.Terminal, "nonce", world.Time.Now);
        var keys = Published(signer);

        Assert.Equal(world.Time.Now, SignedTime.Open(jws, keys, PkiWorld.Terminal, "nonce"));
        Assert.Null(SignedTime.Open(jws, keys, PkiWorld.Terminal, "other"));
        Assert.Null(SignedTime.Open(jws, keys, "0000000000", "nonce"));
    }

    [Fact]
    public void A_key_is_named_after_its_own_hash()
    {
        var published = Assert.Single(Published(signer).Keys);
        using var key = published.ToEcdsa()!;
        var hash = SHA256.HashData(key.ExportSubjectPublicKeyInfo());
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(hash)[..16], published.Kid);
    }

    [Fact]
    public void A_restart_loads_the_same_keys()
    {
        signer.Rotate();
        var again = world.LoadSigner();

        Assert.Equal((signer.KeySetJws, 2), (again.KeySetJws, again.KeySetVersion));
        Assert.Null(OrderEnvelope.Open(again.Sign(AnOrder(1)), Published(signer)).Refusal);
        Assert.Equal(Kid(signer.Sign(AnOrder(1))), Kid(again.Sign(AnOrder(1))));
    }

    [Fact]
    public void The_private_keys_are_in_the_store_only_sealed()
    {
        var name = Assert.Single(world.Store.Names("order-key/"));
        Assert.Equal($"order-key/{Kid(signer.Sign(AnOrder(1)))}", name);
        var anyP256Key = SigningKey.Generate().AsSpan(0, 26).ToArray();
        Assert.False(world.Store.Leaks(anyP256Key));
    }

    [Fact]
    public void After_a_rotation_the_new_key_signs_and_old_orders_still_verify()
    {
        var old = signer.Sign(AnOrder(1));
        signer.Rotate();
        var fresh = signer.Sign(AnOrder(2));

        Assert.NotEqual(Kid(old), Kid(fresh));
        Assert.Equal([Kid(fresh), Kid(old)], Published(signer).Keys.Select(k => k.Kid));
        Assert.Null(OrderEnvelope.Open(old, Published(signer)).Refusal);
        Assert.Null(OrderEnvelope.Open(fresh, Published(signer)).Refusal);
    }

    [Fact]
    public void A_key_drops_out_at_the_third_rotation_and_the_version_never_repeats()
    {
        var old = signer.Sign(AnOrder(1));
        for (var version = 1; version <= 4; version++)
        {
            Assert.Equal(version, Published(signer).Version);
            Assert.Equal(version, signer.KeySetVersion);
            Assert.Equal(Math.Min(version, 3), Published(signer).Keys.Length);
            Assert.Equal(version < 4, OrderEnvelope.Open(old, Published(signer)).Refusal is null);
            signer.Rotate();
        }
    }

    /// <summary>Otherwise no terminal could ever verify the order that teaches it the new key.</summary>
    [Fact]
    public void A_terminal_up_to_two_rotations_behind_can_verify_the_order_that_brings_the_new_set()
    {
        var behind = Published(signer);
        for (var rotations = 1; rotations <= 2; rotations++)
        {
            signer.Rotate();
            var teach = AnOrder(2) with { Kind = OrderKind.KeySet, KeySet = signer.KeySetJws };
            Assert.Null(OrderEnvelope.Open(signer.Sign(teach), behind).Refusal);
            Assert.Equal(
                "unknown_key",
                OrderEnvelope.Open(signer.Sign(AnOrder(3)), behind).Refusal!.Code
            );
        }
    }

    [Fact]
    public void An_order_is_signed_with_the_newest_key_that_its_reader_knows()
    {
        List<KeySet> sets = [Published(signer)];
        for (var i = 0; i < 3; i++)
        {
            signer.Rotate();
            sets.Add(Published(signer));
        }
        // The set of version 1 is too old by now: its only key has dropped out.
        foreach (var known in sets.Skip(1))
        {
            var order = signer.Sign(AnOrder(1), known.Version);
            Assert.Equal(known.Keys[0].Kid, Kid(order));
            Assert.Null(OrderEnvelope.Open(order, known).Refusal);
            var time = signer.SignTime(PkiWorld.Terminal, "nonce", world.Time.Now, known.Version);
            Assert.NotNull(SignedTime.Open(time, known, PkiWorld.Terminal, "nonce"));
        }
        Assert.Equal(sets[^1].Keys[^1].Kid, Kid(signer.Sign(AnOrder(1), sets[0].Version)));
    }

    [Fact]
    public async Task Orders_can_be_signed_by_many_at_once_while_the_keys_rotate()
    {
        ConcurrentBag<(string Jws, long After)> signed = [];
        var signing = Enumerable
            .Range(0, 8)
            .Select(worker =>
                Task.Run(() =>
                {
                    for (var i = 0; i < 50; i++)
                    {
                        signed.Add((signer.Sign(AnOrder(worker * 50 + i)), signer.KeySetVersion));
                    }
                })
            )
            .ToArray();
        signer.Rotate();
        signer.Rotate();
        await Task.WhenAll(signing);

        var keys = Published(signer);
        Assert.Equal(400, signed.Count);
        Assert.All(signed, s => Assert.Null(OrderEnvelope.Open(s.Jws, keys).Refusal));
        Assert.Equal(3, keys.Version);
    }

    [Fact]
    public void Two_replicas_that_start_at_once_share_one_set() =>
        Assert.Equal(
            signer.KeySetJws,
            new OrderKeyRing(new(world.Store, world.Keys), world.Ca).LoadOrCreate().Jws
        );

    [Fact]
    public void A_rotation_on_one_replica_builds_on_that_of_another()
    {
        var other = world.LoadSigner();
        other.Rotate();
        signer.Rotate();

        Assert.Equal((2, 3), (other.KeySetVersion, signer.KeySetVersion));
        Assert.Null(OrderEnvelope.Open(other.Sign(AnOrder(1)), Published(signer)).Refusal);
    }

    [Fact]
    public void A_lost_private_key_is_named()
    {
        var name = world.Store.Names("order-key/").Single();
        world.Store.Remove(name);
        var problem = Assert.Throws<SecretsUnusableException>(() => world.LoadSigner());
        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_set_rolled_back_under_a_newer_name_is_refused()
    {
        var jws = signer.KeySetJws;
        new Vault(world.Store, world.Keys).Add(
            "key-set/2",
            System.Text.Encoding.ASCII.GetBytes(jws)
        );
        Assert.Throws<SecretsUnusableException>(() => world.LoadSigner());
    }

    private static Order AnOrder(long number) =>
        new()
        {
            Terminal = PkiWorld.Terminal,
            Epoch = 1,
            Number = number,
            Kind = OrderKind.Release,
            IssuedAt = new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.Zero),
            LockId = "0123456789",
        };

    private static string Kid(string jws) => Jws.Parse(jws)!.Kid;

    private KeySet Published(OrderSigner by) => Open(by.KeySetJws)!;

    private KeySet? Open(string jws)
    {
        using var ca = X509Certificate2.CreateFromPem(world.Ca.CaPem);
        using var key = ca.GetECDsaPublicKey()!;
        return KeySet.Open(jws, key);
    }
}
