using Dapper;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Banks;

/// <summary>
/// Finds banks, and the terminals that are bound to a card. A binding ends with the merchant that it was made for: whoever has the
/// terminal next has another card.
/// </summary>
internal sealed class BankRegister(Database database)
{
    /// <summary>A person has a few shops; a reference that would show more is not one person's card.</summary>
    public const int MostTerminals = 50;

    private const string ByReference = """
        SELECT t.id FROM bank_cards b JOIN terminals t ON t.id = b.terminal AND t.merchant = b.merchant
        WHERE b.bank = @bank AND b.reference = @reference ORDER BY t.id LIMIT @most
        """;

    public Bank? Find(string id) =>
        database.Read(c =>
            c.QueryFirstOrDefault<Bank>(
                "SELECT id, name, url, kid, public_key AS publicKey FROM banks WHERE id = @id",
                new { id }
            )
        );

    public IReadOnlyList<Bank> All() =>
        database.Read(c =>
            c.Query<Bank>(
                    "SELECT id, name, url, kid, public_key AS publicKey FROM banks ORDER BY id"
                )
                .AsList()
        );

    /// <summary>The terminals bound to a reference of this bank.</summary>
    public IReadOnlyList<string> Terminals(string bank, string reference) =>
        database.Read(c =>
            c.Query<string>(
                    ByReference,
                    new
                    {
                        bank,
                        reference,
                        most = MostTerminals,
                    }
                )
                .AsList()
        );

    /// <summary>Bank and reference that a terminal is bound to, inside a command; null for none.</summary>
    public static (string Bank, string Reference)? CardOf(Views views, string terminal) =>
        views
            .Query(
                "SELECT b.bank, b.reference FROM bank_cards b JOIN terminals t ON t.id = b.terminal AND t.merchant = b.merchant WHERE t.id = $1",
                r => ((string, string)?)(r.GetString(0), r.GetString(1)),
                terminal
            )
            .FirstOrDefault();

    /// <summary>A bank, inside a command.</summary>
    public static Bank? Find(Views views, string id) =>
        views
            .Query(
                "SELECT id, name, url, kid, public_key FROM banks WHERE id = $1",
                r => new Bank(
                    r.GetString(0),
                    r.GetString(1),
                    r.GetString(2),
                    r.GetString(3),
                    r.GetFieldValue<byte[]>(4)
                ),
                id
            )
            .FirstOrDefault();

    public static bool Exists(Views views, string bank) =>
        views.Scalar("SELECT 1 FROM banks WHERE id = $1", bank) is not null;
}
