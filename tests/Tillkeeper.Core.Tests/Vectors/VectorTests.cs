using System.Buffers.Text;
using System.Text;
using Tillkeeper.Core.Audit;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Tests.Orders;

namespace Tillkeeper.Core.Tests.Vectors;

/// <summary>Core against the committed vectors, which <c>contracts/verify</c> checks in another language.</summary>
public sealed class VectorTests
{
    internal static readonly OrderVectors Orders = VectorFile.Read("orders", SignedVectors.Orders);
    internal static readonly KeySetVectors KeySets = VectorFile.Read(
        "key-sets",
        SignedVectors.KeySets
    );
    internal static readonly TimeVectors Times = VectorFile.Read(
        "signed-times",
        SignedVectors.Times
    );
    internal static readonly ChallengeVectors Challenges = VectorFile.Read(
        "challenges",
        PlainVectors.Challenges
    );
    internal static readonly JournalVectors Journal = VectorFile.Read(
        "journal",
        PlainVectors.Journal
    );
    internal static readonly ChainVectors Chain = VectorFile.Read("hash-chain", PlainVectors.Chain);

    internal static int Count =>
        Orders.Vectors.Count
        + KeySets.Vectors.Count
        + Times.Vectors.Count
        + Challenges.Vectors.Count
        + Journal.Vectors.Count
        + Chain.Vectors.Count;

    [Fact]
    public void Orders_are_judged_as_the_vectors_say()
    {
        var keys = new KeySet(1, [new OrderKey(Orders.Key.Kid, Orders.Key.X, Orders.Key.Y)]);
        var now = DateTimeOffset.Parse(
            Orders.TrustedNow,
            System.Globalization.CultureInfo.InvariantCulture
        );
        var state = DeviceState.Empty with
        {
            Terminal = Orders.Terminal,
            Epoch = Orders.Epoch,
            LastOrder = Orders.LastOrder,
            Policy = new Policy { Version = Orders.PolicyVersion },
            Locks = DeviceState.Empty.Locks.AddRange(
                Orders.Locks.Select(l => KeyValuePair.Create(l.Id, Standing(l)))
            ),
        };
        Assert.All(Orders.Vectors, v => Assert.Equal((v.Name, v.Verdict), (v.Name, Judge(v.Jws))));

        string Judge(string jws)
        {
            var (order, refusal) = OrderEnvelope.Open(jws, keys);
            if (order is null)
            {
                return refusal!.Code;
            }
            var at = new DeviceNow(new DeviceTime("b", 0, now), now);
            var decision = DeviceDecisions.Decide(state, new ApplyOrder(order), at);
            return decision.Refusal?.Code
                ?? (decision.Events[^1] is OrderRefused used ? used.Code : "applied");
        }
    }

    private static DeviceLock Standing(LockVector vector)
    {
        Assert.True(Words.TryParse<Cause>(vector.Cause, out var cause));
        var standing = new Lock
        {
            Id = vector.Id,
            Cause = cause,
            Subject = Subject.Terminal,
            Scope = LockTable.Of(cause).Scope,
            Owner = LockOwner.Server,
            Status = LockStatus.Confirmed,
            Since = DateTimeOffset.UnixEpoch,
            WaysOut = LockTable.Of(cause).WaysOut,
        };
        Assert.Equal(vector.WaysOut, standing.WaysOut.Select(w => Words.Of(w)));
        return new DeviceLock(standing, default, null);
    }

    [Fact]
    public void Key_sets_are_opened_as_the_vectors_say()
    {
        using var ca = new OrderKey("ca", KeySets.Ca.X, KeySets.Ca.Y).ToEcdsa();
        Assert.All(
            KeySets.Vectors,
            v => Assert.Equal((v.Name, v.Version), (v.Name, KeySet.Open(v.Jws, ca!)?.Version))
        );
    }

    [Fact]
    public void Times_are_believed_as_the_vectors_say() =>
        Assert.All(
            Times.Vectors,
            v =>
            {
                var now = SignedTime.Open(v.Jws, TestKeys.Set, Times.Terminal, Times.Nonce);
                Assert.Equal((v.Name, v.Now), (v.Name, now is { } t ? UtcTimeJson.Write(t) : null));
            }
        );

    [Fact]
    public void Challenges_and_codes_are_what_the_vectors_say()
    {
        var key = Base64Url.DecodeFromChars(Challenges.CodeKey);
        Assert.All(
            Challenges.Vectors,
            v =>
            {
                var opened = Challenge.Open(v.Typed, key);
                Assert.Equal((v.Name, v.Text), (v.Name, opened?.Text(key)));
                if (opened is null)
                {
                    return;
                }
                Assert.Equal(
                    (v.Cause, v.Terminal, v.Lock, v.Nonce),
                    (Words.Of(opened.Cause), opened.Terminal, opened.Lock, opened.Nonce)
                );
                Assert.Equal(v.ReleaseCode, OfflineCode.Compute(key, v.Text!, CodeEffect.Release));
                Assert.Equal(
                    v.ResetCode,
                    OfflineCode.Compute(key, v.Text!, CodeEffect.PasscodeReset)
                );
            }
        );
    }

    [Fact]
    public void The_journal_is_hashed_as_the_vectors_say() =>
        Assert.All(
            Journal.Vectors,
            v =>
                Assert.Equal(
                    v.Hash,
                    JournalChain.Hash(v.Prev, v.Seq, v.Type, v.At, Encoding.UTF8.GetBytes(v.Data))
                )
        );

    [Fact]
    public void The_log_is_hashed_as_the_vectors_say() =>
        Assert.All(
            Chain.Vectors,
            v =>
            {
                var data = Base64Url.DecodeFromChars(v.Data);
                var row = new LogRow(
                    v.Shard,
                    v.Seq,
                    v.Stream,
                    v.Version,
                    v.Previous,
                    v.Type,
                    v.At,
                    v.Actor,
                    v.Source,
                    data
                );
                var hash = new byte[HashChain.HashBytes];
                HashChain.Next(Convert.FromHexString(v.Before), row, hash);
                Assert.Equal(v.Hash, Convert.ToHexStringLower(hash));
            }
        );

    [Fact]
    public void Every_verdict_that_an_envelope_or_a_turn_can_get_has_a_vector() =>
        Assert.Superset(
            new HashSet<string>
            {
                "applied",
                "malformed_order",
                "unknown_key",
                "bad_signature",
                "foreign_order",
                "foreign_epoch",
                "replayed_order",
                "order_out_of_turn",
                "expired",
                "unknown_kind",
                "incomplete_order",
                "way_out_not_available",
                "stale_policy",
            },
            Orders.Vectors.Select(v => v.Verdict).ToHashSet()
        );
}
