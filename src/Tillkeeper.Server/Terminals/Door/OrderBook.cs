using System.Text.Json;
using Dapper;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>One order on its way.</summary>
internal sealed record SignedOrder(long Number, string Jws);

/// <summary>Reads the orders of a terminal and signs them as they go out: the log holds what is signed, not the signature.</summary>
internal sealed class OrderBook(Database database, OrderSigner signer)
{
    /// <summary>Orders handed out in one go; the rest follows.</summary>
    public const int AtOnce = 64;

    public IReadOnlyList<SignedOrder> After(
        string terminal,
        int epoch,
        long number,
        int most = AtOnce
    ) => [.. Rows(terminal, epoch, number, most).Select(Sign)];

    public IReadOnlyList<Order> Plain(string terminal, int epoch, long after, int most) =>
        [.. Rows(terminal, epoch, after, most).Select(Parse)];

    private SignedOrder Sign(byte[] payload)
    {
        var order = Parse(payload);
        return new SignedOrder(order.Number, signer.Sign(order));
    }

    private static Order Parse(byte[] payload) =>
        JsonSerializer.Deserialize(payload, CoreJson.Default.Order)
        ?? throw new JsonException("An order in the view is empty.");

    private List<byte[]> Rows(string terminal, int epoch, long after, int most) =>
        database.Read(c =>
            c.Query<byte[]>(
                    "SELECT payload FROM orders WHERE terminal = @terminal AND epoch = @epoch AND number > @after ORDER BY number LIMIT @most",
                    new
                    {
                        terminal,
                        epoch,
                        after,
                        most,
                    }
                )
                .AsList()
        );
}
