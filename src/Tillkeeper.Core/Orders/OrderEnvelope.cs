using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Orders;

/// <summary>Orders as they travel: a JWS whose payload is the order as JSON.</summary>
public static class OrderEnvelope
{
    public const string Typ = "tillkeeper-order+jws";

    /// <summary>The payload bytes; the signature covers exactly these.</summary>
    public static byte[] ToPayload(Order order) =>
        JsonSerializer.SerializeToUtf8Bytes(order, CoreJson.Default.Order);

    /// <summary>
    /// Opens an order signed by one of <paramref name="keys"/>, or says why not: <c>malformed_order</c>,
    /// <c>unknown_key</c>, <c>bad_signature</c>. Whether it is meant for this terminal and its turn has come is the device's decision.
    /// </summary>
    public static (Order? Order, Refusal? Refusal) Open(string? text, KeySet keys)
    {
        if (Jws.Parse(text) is not { Typ: Typ } jws)
        {
            return (null, Bad("malformed_order", "This is not a Tillkeeper order."));
        }
        using var key = keys.Find(jws.Kid);
        if (key is null)
        {
            return (
                null,
                Bad(
                    "unknown_key",
                    "The order is signed with a key that this terminal does not know."
                )
            );
        }
        if (!jws.IsSignedBy(key))
        {
            return (
                null,
                Bad("bad_signature", "The order has been altered or was not signed by the server.")
            );
        }
        return (Read(jws.Payload, CoreJson.Default.Order) ?? ReadHead(jws.Payload)) is { } order
            ? (order, null)
            : (null, Bad("malformed_order", "The order is signed but cannot be read."));
    }

    /// <summary>The order without its content: at its turn it is refused as incomplete, and reported.</summary>
    private static Order? ReadHead(byte[] payload) =>
        Read(payload, CoreJson.Default.OrderHead) is { } head
            ? new Order
            {
                Terminal = head.Terminal,
                Epoch = head.Epoch,
                Number = head.Number,
                Kind = head.Kind,
                IssuedAt = head.IssuedAt,
                LockId = head.LockId,
            }
            : null;

    private static T? Read<T>(byte[] payload, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(payload, shape);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Refusal Bad(string code, string detail) =>
        new(RefusalKind.Invalid, code, detail);
}
