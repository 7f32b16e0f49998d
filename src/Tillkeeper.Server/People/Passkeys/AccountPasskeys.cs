using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Tillkeeper.Core;
using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.People.Passkeys;

/// <summary>A passkey that somebody signs in with.</summary>
internal sealed record AccountPasskey(
    string Id,
    string Account,
    string Name,
    PasskeyRecord Record,
    long SignCount,
    bool BackedUp,
    DateTimeOffset Since,
    DateTimeOffset? UsedAt
)
{
    public UserPasskeyInfo Info(long signCount) => Record.Info(Since, signCount, BackedUp);
}

/// <summary>The table beside the log that holds them, as it does whatever else people sign in with; the log names them by id alone.</summary>
internal static class AccountPasskeys
{
    public const int MostAnAccount = 10;
    private const string Columns =
        "SELECT id, account, name, data, sign_count, backed_up, since, used_at FROM account_passkeys";

    public static AccountPasskey? Find(Views views, byte[] credential) =>
        views.Query($"{Columns} WHERE credential = $1", Read, credential).FirstOrDefault();

    public static List<AccountPasskey> Of(Views views, string account) =>
        views.Query(
            $"{Columns} WHERE account = $1 ORDER BY since, id LIMIT {MostAnAccount}",
            Read,
            account
        );

    /// <summary>A further one for this account.</summary>
    public static Refusal? Keep(Work work, string account, string name, UserPasskeyInfo made)
    {
        if (Find(work.Views, made.CredentialId) is not null)
        {
            return Refusal.Conflict("passkey_exists", "This passkey is enrolled already.");
        }
        if (Of(work.Views, account).Count >= MostAnAccount)
        {
            return Refusal.Conflict(
                "too_many_passkeys",
                $"You have {MostAnAccount} passkeys; remove one that you do not use."
            );
        }
        var id = Ids.New();
        work.Append(AccountStreams.Kind, account, account, [new AccountPasskeyAdded(id)]);
        work.Beside(v =>
            v.Write(
                "INSERT INTO account_passkeys VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)",
                id,
                account,
                name,
                made.CredentialId,
                JsonSerializer.Serialize(
                    PasskeyRecord.Of(made),
                    PasskeyRecordJson.Default.PasskeyRecord
                ),
                (long)made.SignCount,
                made.IsBackedUp ? 1 : 0,
                work.Now.ToUnixTimeMilliseconds()
            )
        );
        return null;
    }

    public static void Remove(Work work, AccountPasskey passkey)
    {
        work.Append(
            AccountStreams.Kind,
            passkey.Account,
            passkey.Account,
            [new AccountPasskeyRemoved(passkey.Id)]
        );
        work.Beside(v => v.Write("DELETE FROM account_passkeys WHERE id = $1", passkey.Id));
    }

    /// <summary>What its authenticator said this time, for comparing next time.</summary>
    public static void Note(Work work, AccountPasskey passkey, UserPasskeyInfo used) =>
        work.Beside(v =>
            v.Write(
                "UPDATE account_passkeys SET sign_count = $2, backed_up = $3, used_at = $4 WHERE id = $1",
                passkey.Id,
                (long)used.SignCount,
                used.IsBackedUp ? 1 : 0,
                work.Now.ToUnixTimeMilliseconds()
            )
        );

    /// <summary>Not one is left.</summary>
    public static void Erase(Work work, string account) =>
        work.Beside(v => v.Write("DELETE FROM account_passkeys WHERE account = $1", account));

    private static AccountPasskey Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            JsonSerializer.Deserialize(row.GetString(3), PasskeyRecordJson.Default.PasskeyRecord)!,
            row.GetInt64(4),
            row.GetInt64(5) == 1,
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
            row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7))
        );
}
