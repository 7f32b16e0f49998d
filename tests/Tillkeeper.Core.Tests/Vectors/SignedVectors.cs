using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Tests.Device;
using Tillkeeper.Core.Tests.Orders;

namespace Tillkeeper.Core.Tests.Vectors;

/// <summary>Makes the vectors of what is signed: orders, key sets, times.</summary>
internal static class SignedVectors
{
    public const string Note =
        "TEST keys: their private parts are published in this repository. Never trust them.";
    public const string Nonce = "b7c1-9f20";
    public const long LastOrder = 4;
    public const int Epoch = 3;
    private const string RemoteLock = "S00000000A";
    private const string TamperLock = "S00000000B";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    public static OrderVectors Orders() =>
        new(
            Note,
            Key(TestKeys.Kid, TestKeys.Orders),
            Till.Id,
            Epoch,
            LastOrder,
            UtcTimeJson.Write(Now),
            Policy.Default.Version,
            [Lock(RemoteLock, Cause.Remote), Lock(TamperLock, Cause.Tamper)],
            [.. Applied(), .. Used(), .. Refused(), .. Forged()]
        );

    public static KeySetVectors KeySets()
    {
        var set = TestKeys.Set.ToPayload();
        var nine = new KeySet(
            1,
            [.. Enumerable.Range(0, 9).Select(i => TestKeys.PublicOrders with { Kid = $"k{i}" })]
        );
        var twice = new KeySet(1, [TestKeys.PublicOrders, TestKeys.PublicOrders]);
        return new(
            Note,
            Key(KeySet.CaKid, TestKeys.Ca),
            [
                new("signed by the CA", Sign(set), 1),
                new("a newer one with two keys", Sign(Two()), 2),
                new("signed by an order key", Sign(set, TestKeys.Orders), null),
                new("signed under another name", TestKeys.Sign(KeySet.Typ, set, TestKeys.Ca), null),
                new(
                    "of another type",
                    TestKeys.Sign(OrderEnvelope.Typ, set, TestKeys.Ca, KeySet.CaKid),
                    null
                ),
                new("empty", Sign(new KeySet(1, []).ToPayload()), null),
                new("more than eight keys", Sign(nine.ToPayload()), null),
                new("one name twice", Sign(twice.ToPayload()), null),
            ]
        );

        static string Sign(byte[] payload, ECDsa? key = null) =>
            TestKeys.Sign(KeySet.Typ, payload, key ?? TestKeys.Ca, KeySet.CaKid);
        static byte[] Two() =>
            new KeySet(
                2,
                [TestKeys.PublicOrders, TestKeys.Public("test-2", TestKeys.Stranger)]
            ).ToPayload();
    }

    public static TimeVectors Times()
    {
        var payload = new SignedTime(Till.Id, Nonce, Now).ToPayload();
        return new(
            Note,
            Key(TestKeys.Kid, TestKeys.Orders),
            Till.Id,
            Nonce,
            [
                new(
                    "for this terminal and nonce",
                    TestKeys.Sign(SignedTime.Typ, payload),
                    UtcTimeJson.Write(Now)
                ),
                new("for another nonce", Sign(new SignedTime(Till.Id, "old", Now)), null),
                new("for another terminal", Sign(new SignedTime("0000000000", Nonce, Now)), null),
                new(
                    "signed by a stranger",
                    TestKeys.Sign(SignedTime.Typ, payload, TestKeys.Stranger),
                    null
                ),
                new(
                    "signed under an unknown name",
                    TestKeys.Sign(SignedTime.Typ, payload, kid: "test-9"),
                    null
                ),
                new("of another type", TestKeys.Sign(OrderEnvelope.Typ, payload), null),
            ]
        );

        static string Sign(SignedTime time) => TestKeys.Sign(SignedTime.Typ, time.ToPayload());
    }

    private static LockVector Lock(string id, Cause cause) =>
        new(id, Words.Of(cause), [.. LockTable.Of(cause).WaysOut.Select(w => Words.Of(w))]);

    private static KeyVector Key(string kid, ECDsa key)
    {
        var known = key.ExportParameters(true);
        var shown = TestKeys.Public(kid, key);
        return new(kid, shown.X, shown.Y, Base64Url.EncodeToString(known.D));
    }

    private static Order Next(string kind) =>
        new()
        {
            Terminal = Till.Id,
            Epoch = Epoch,
            Number = LastOrder + 1,
            Kind = kind,
            IssuedAt = Now,
            ExpiresAt = kind is OrderKind.Release or OrderKind.PasscodeReset
                ? Now.AddDays(7)
                : null,
        };

    private static Order LockOrder() =>
        Next(OrderKind.Lock) with
        {
            LockId = "S00000000C",
            Lock = new OrderedLock
            {
                Cause = Cause.Remote,
                Scope = LockTable.Of(Cause.Remote).Scope,
                WaysOut = LockTable.Of(Cause.Remote).WaysOut,
                Since = Now,
                Message = "请致电客服 · please call us",
            },
        };

    private static Order Release(string id = RemoteLock, WayOut way = WayOut.ProviderRelease) =>
        Next(OrderKind.Release) with
        {
            LockId = id,
            WayOut = way,
            CaseId = "case-1",
        };

    private static OrderVector Vector(string name, Order order, string verdict = "applied") =>
        new(name, TestKeys.Sign(OrderEnvelope.Typ, OrderEnvelope.ToPayload(order)), verdict);

    private static IEnumerable<OrderVector> Applied() =>
        [
            Vector("a lock", LockOrder()),
            Vector("a lock that stands already", LockOrder() with { LockId = RemoteLock }),
            Vector("a lock never expires", LockOrder() with { ExpiresAt = Now.AddYears(-1) }),
            Vector("a release", Release()),
            Vector("a release of a lock that is gone", Release("S00000000Z")),
            Vector(
                "a passcode reset",
                Next(OrderKind.PasscodeReset) with
                {
                    LockId = "T00000000A",
                }
            ),
            Vector(
                "a newer policy",
                Next(OrderKind.Policy) with
                {
                    Policy = new() { Version = 2 },
                }
            ),
        ];

    private static IEnumerable<OrderVector> Used() =>
        [
            Vector(
                "an expired release",
                Release() with
                {
                    ExpiresAt = Now.AddMilliseconds(-1),
                },
                "expired"
            ),
            Vector("an unknown kind", Next("self_destruct"), "unknown_kind"),
            Vector(
                "a lock without content",
                Next(OrderKind.Lock) with
                {
                    LockId = "S00000000C",
                },
                "incomplete_order"
            ),
            Vector(
                "a release without a way out",
                Release() with
                {
                    WayOut = null,
                },
                "incomplete_order"
            ),
            Vector(
                "a way out it does not have",
                Release(way: WayOut.MaintenanceDone),
                "way_out_not_available"
            ),
            Vector(
                "a way out that is no order's",
                Release(way: WayOut.OfflineCode),
                "way_out_not_available"
            ),
            Vector(
                "a repair of a tampered terminal",
                Release(TamperLock, WayOut.Repair),
                "way_out_not_available"
            ),
            Vector(
                "a policy that is not newer",
                Next(OrderKind.Policy) with
                {
                    Policy = new() { Version = 0 },
                },
                "stale_policy"
            ),
        ];

    private static IEnumerable<OrderVector> Refused() =>
        [
            Vector(
                "for another terminal",
                Release() with
                {
                    Terminal = "0000000000",
                },
                "foreign_order"
            ),
            Vector("of an earlier enrolment", Release() with { Epoch = 2 }, "foreign_epoch"),
            Vector("the last one again", Release() with { Number = LastOrder }, "replayed_order"),
            Vector("an old one again", Release() with { Number = 1 }, "replayed_order"),
            Vector(
                "ahead of its turn",
                Release() with
                {
                    Number = LastOrder + 2,
                },
                "order_out_of_turn"
            ),
        ];

    private static IEnumerable<OrderVector> Forged()
    {
        var payload = OrderEnvelope.ToPayload(Release());
        var other = OrderEnvelope.ToPayload(Release(TamperLock));
        var good = TestKeys.Sign(OrderEnvelope.Typ, payload);
        var parts = good.Split('.');
        return
        [
            new(
                "another payload",
                $"{parts[0]}.{Base64Url.EncodeToString(other)}.{parts[2]}",
                "bad_signature"
            ),
            new(
                "signed by a stranger",
                TestKeys.Sign(OrderEnvelope.Typ, payload, TestKeys.Stranger),
                "bad_signature"
            ),
            new(
                "signed under an unknown name",
                TestKeys.Sign(OrderEnvelope.Typ, payload, kid: "test-9"),
                "unknown_key"
            ),
            new(
                "a signature of zeros",
                $"{parts[0]}.{parts[1]}.{new string('A', 86)}",
                "bad_signature"
            ),
            new(
                "algorithm none",
                Raw("""{"alg":"none","kid":"test-1","typ":"tillkeeper-order+jws"}"""),
                "malformed_order"
            ),
            new(
                "another algorithm",
                Raw("""{"alg":"HS256","kid":"test-1","typ":"tillkeeper-order+jws"}"""),
                "malformed_order"
            ),
            new(
                "a critical extension",
                Raw(
                    """{"alg":"ES256","kid":"test-1","typ":"tillkeeper-order+jws","crit":["exp"]}"""
                ),
                "malformed_order"
            ),
            new(
                "a key in the header",
                Raw("""{"alg":"ES256","kid":"test-1","typ":"tillkeeper-order+jws","jwk":{}}"""),
                "malformed_order"
            ),
            new(
                "a name twice in the header",
                Raw(
                    """{"alg":"ES256","kid":"test-1","kid":"test-1","typ":"tillkeeper-order+jws"}"""
                ),
                "malformed_order"
            ),
            new("of another type", TestKeys.Sign(SignedTime.Typ, payload), "malformed_order"),
            new("padded", good + "==", "malformed_order"),
            new("a signature in DER", $"{parts[0]}.{parts[1]}.{Der(parts)}", "malformed_order"),
            new("without its signature", $"{parts[0]}.{parts[1]}.", "malformed_order"),
            new("with a fourth part", good + ".AAAA", "malformed_order"),
            new(
                "not an order",
                TestKeys.Sign(OrderEnvelope.Typ, "[]"u8.ToArray()),
                "malformed_order"
            ),
            new("no text", "", "malformed_order"),
        ];

        string Raw(string header) => TestKeys.SignRaw(header, payload);
    }

    private static string Der(string[] parts) =>
        Base64Url.EncodeToString(
            TestKeys.Orders.SignData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            )
        );
}
