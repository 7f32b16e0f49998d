using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.Passkeys;

/// <summary>The owner of a shop who has passkeys.</summary>
internal sealed record Owner(string Id, string Name) : IPasskeyHolder;

/// <summary>The passkeys of owners, for the framework.</summary>
internal sealed class OwnerStore(Database database) : ReadOnlyPasskeyStore<Owner>
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

    public override Task<Owner?> FindByIdAsync(
        string userId,
        CancellationToken cancellationToken
    ) => Task.FromResult<Owner?>(new Owner(userId, userId));

    /// <summary>Those that can end locks, and no others.</summary>
    public override Task<IList<UserPasskeyInfo>> GetPasskeysAsync(
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

    public override Task<Owner?> FindByPasskeyIdAsync(
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => Task.FromResult(Find(credentialId) is { } row ? new Owner(row.Person, row.Person) : null);

    public override Task<UserPasskeyInfo?> FindPasskeyAsync(
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

    private Row? Find(byte[] credential) =>
        database.Read(c =>
            c.QueryFirstOrDefault<Row>(
                Columns + " WHERE credential = @credential",
                new { credential }
            )
        );

    private static UserPasskeyInfo Info(Row row) =>
        JsonSerializer
            .Deserialize(row.Data, PasskeyRecordJson.Default.PasskeyRecord)!
            .Info(
                DateTimeOffset.FromUnixTimeMilliseconds(row.Enrolled_At),
                row.Sign_Count,
                row.Backed_Up == 1
            );
}
