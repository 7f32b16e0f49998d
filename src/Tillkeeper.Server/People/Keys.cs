using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.People;

/// <summary>
/// API keys: <c>tk_ID_SECRET</c>, 256 random bits of secret, only its SHA-256 kept. Looked up by id, compared in constant time.
/// </summary>
internal sealed class Keys(Database database)
{
    public static StreamKind<KeyState, IKeyEvent> Kind { get; } =
        new(
            "key",
            KeyEvents.Catalogue,
            KeyJson.Default.KeyState,
            new KeyState(),
            KeyState.Apply,
            Project
        );

    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    private sealed record Row(
        string Id,
        byte[] SecretHash,
        string Name,
        Role Role,
        string Place,
        string Person
    );

    /// <summary>A new key, whole, for the only time.</summary>
    public static NewKey Generate() =>
        new(Ids.New(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <param name="holder">Who gets it when they have a key already: two keys of one human are never two people.</param>
    public static void Add(
        Work work,
        NewKey key,
        string name,
        Role role,
        string place,
        string? holder = null
    ) =>
        work.Append(
            Kind,
            key.Id,
            key.Id,
            [
                new KeyCreated(
                    key.Id,
                    name,
                    role,
                    place,
                    Convert.ToHexStringLower(Hash(key.Secret)),
                    holder
                ),
            ]
        );

    /// <summary>Whose key this is; null for a wrong, revoked or malformed one, which all take the same path.</summary>
    public Person? Authenticate(string presented, string source)
    {
        var parts = presented.Split('_', 3);
        var wellFormed = parts is ["tk", { Length: 10 }, { Length: > 0 and <= 64 }];
        var row = wellFormed ? Find(parts[1]) : null;
        var hash = Hash(wellFormed ? parts[2] : "");
        return
            CryptographicOperations.FixedTimeEquals(hash, row?.SecretHash ?? Nobody)
            && row is not null
            ? new Person(row.Person, row.Name, row.Role, row.Place, source) { Key = row.Id }
            : null;
    }

    /// <summary>A person with a key that is still good, the one that reaches furthest; null when they have none.</summary>
    public static Person? Find(Views views, string id) =>
        views
            .Query(
                "SELECT name, role, place, id FROM keys WHERE person = $1 AND revoked_at IS NULL ORDER BY length(place), id LIMIT 1",
                row =>
                    Words.TryParse<Role>(row.GetString(1), out var role)
                        ? new Person(id, row.GetString(0), role, row.GetString(2), "")
                        {
                            Key = row.GetString(3),
                        }
                        : null,
                id
            )
            .FirstOrDefault();

    private Row? Find(string id) =>
        database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT id, secret_hash, name, role, place, person FROM keys WHERE id = $1 AND revoked_at IS NULL";
            command.Parameters.AddWithValue("$1", id);
            using var reader = command.ExecuteReader();
            return reader.Read() && Words.TryParse<Role>(reader.GetString(3), out var role)
                ? new Row(
                    reader.GetString(0),
                    reader.GetFieldValue<byte[]>(1),
                    reader.GetString(2),
                    role,
                    reader.GetString(4),
                    reader.GetString(5)
                )
                : null;
        });

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static void Project(Views views, Projection<KeyState, IKeyEvent> p)
    {
        switch (p.Happened)
        {
            case KeyCreated e:
                views.Write(
                    "INSERT INTO keys VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)",
                    e.Key,
                    Convert.FromHexString(e.SecretHash),
                    e.Name,
                    Words.Of(e.Role),
                    e.Place,
                    p.At.ToUnixTimeMilliseconds(),
                    p.After.Holder
                );
                break;
            case KeyRevoked:
                views.Write(
                    "UPDATE keys SET revoked_at = $2 WHERE id = $1",
                    p.Id,
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
        }
    }
}

/// <summary>A key that has just been made; only its text ever leaves, once.</summary>
internal sealed record NewKey(string Id, string Secret)
{
    public string Text => $"tk_{Id}_{Secret}";

    /// <summary>Without the secret, should it ever meet a log.</summary>
    public override string ToString() => $"key {Id}";
}
