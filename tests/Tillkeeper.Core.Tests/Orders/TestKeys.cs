using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Tests.Orders;

/// <summary>
/// Keys for tests only. Their private parts are the SHA-256 of a sentence in this file: everybody knows them, nobody may trust them.
/// </summary>
internal static class TestKeys
{
    public const string Kid = "test-1";

    public static ECDsa Ca { get; } = FromSentence("tillkeeper TEST key: ca");
    public static ECDsa Orders { get; } = FromSentence("tillkeeper TEST key: orders 1");
    public static ECDsa Stranger { get; } = FromSentence("tillkeeper TEST key: stranger");
    public static byte[] Code { get; } = SHA256.HashData("tillkeeper TEST key: code"u8);

    public static OrderKey PublicOrders { get; } = Public(Kid, Orders);

    public static KeySet Set { get; } = new(1, [PublicOrders]);

    public static OrderKey Public(string kid, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new OrderKey(
            kid,
            Base64Url.EncodeToString(point.X),
            Base64Url.EncodeToString(point.Y)
        );
    }

    public static string Sign(string typ, byte[] payload, ECDsa? key = null, string kid = Kid) =>
        SignInput(Jws.InputFor(kid, typ, payload), key ?? Orders);

    /// <summary>Any header and any payload, properly signed.</summary>
    public static string SignRaw(string header, byte[] payload, ECDsa? key = null) =>
        SignInput(
            Encoding.ASCII.GetBytes(
                Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))
                    + "."
                    + Base64Url.EncodeToString(payload)
            ),
            key ?? Orders
        );

    public static string SignInput(byte[] input, ECDsa key) =>
        Jws.Compose(
            input,
            key.SignData(
                input,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );

    private static ECDsa FromSentence(string sentence) =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                D = SHA256.HashData(Encoding.UTF8.GetBytes(sentence)),
            }
        );
}
