using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Passkeys;

/// <summary>A person as the framework's passkey handler knows one: an id, and a name for the authenticator to show.</summary>
internal sealed record Owner(string Id, string Name);

/// <summary>
/// Shows the framework the passkeys on record. It only ever reads here: what changes is an event, written by the endpoints in one
/// transaction with what it leads to.
/// </summary>
internal sealed class OwnerStore(Database database) : IUserPasskeyStore<Owner>
{
    private const string Columns =
        "SELECT person, data, sign_count, backed_up, enrolled_at, status FROM passkeys";

    private sealed record Row(
        string Person,
        string Data,
        long Sign_Count,
        long Backed_Up,
        long Enrolled_At,
        string Status
    );

    public Task<Owner?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult<Owner?>(new Owner(userId, userId));

    /// <summary>Those that can end locks, and no others.</summary>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
        Owner user,
        CancellationToken cancellationToken
    )
    {
        var rows = database.Read(c =>
            c.Query<Row>(Columns + " WHERE person = @Id AND status = 'confirmed'", new { user.Id })
                .AsList()
        );
        return Task.FromResult<IList<UserPasskeyInfo>>([.. rows.Select(Info)]);
    }

    public Task<Owner?> FindByPasskeyIdAsync(
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => Task.FromResult(Find(credentialId) is { } row ? new Owner(row.Person, row.Person) : null);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(
        Owner user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult(
            Find(credentialId) is { } row
            && row.Person == user.Id
            && row.Status == Words.Of(PasskeyStatus.Confirmed)
                ? Info(row)
                : null
        );

    public Task<string> GetUserIdAsync(Owner user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Owner user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(
        Owner user,
        CancellationToken cancellationToken
    ) => Task.FromResult<string?>(user.Name);

    public Task<Owner?> FindByNameAsync(
        string normalizedUserName,
        CancellationToken cancellationToken
    ) => Task.FromResult<Owner?>(null);

    public Task AddOrUpdatePasskeyAsync(
        Owner user,
        UserPasskeyInfo passkey,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task RemovePasskeyAsync(
        Owner user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task SetUserNameAsync(
        Owner user,
        string? userName,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(
        Owner user,
        string? normalizedName,
        CancellationToken cancellationToken
    ) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(Owner user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(Owner user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(Owner user, CancellationToken cancellationToken) =>
        throw ReadOnly();

    public void Dispose()
    {
        // The database is the server's, not the store's.
    }

    private Row? Find(byte[] credential) =>
        database.Read(c =>
            c.QueryFirstOrDefault<Row>(
                Columns + " WHERE credential = @credential",
                new { credential }
            )
        );

    private static UserPasskeyInfo Info(Row row)
    {
        var record = JsonSerializer.Deserialize(row.Data, PasskeyJson.Default.PasskeyRecord)!;
        return new UserPasskeyInfo(
            Convert.FromBase64String(record.Credential),
            Convert.FromBase64String(record.PublicKey),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Enrolled_At),
            (uint)row.Sign_Count,
            [.. record.Transports],
            record.UserVerified,
            record.BackupEligible,
            row.Backed_Up == 1,
            attestationObject: [],
            clientDataJson: []
        );
    }

    private static NotSupportedException ReadOnly() =>
        new("Passkeys change by events, never through the store.");
}
