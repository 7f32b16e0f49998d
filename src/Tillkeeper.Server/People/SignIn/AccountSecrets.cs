using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tillkeeper.Server.People.Passkeys;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>What one person signs in with. The password and the codes are hashes, the secret of the phone is sealed.</summary>
/// <param name="Former">Hashes of the last passwords, this one among them.</param>
/// <param name="TotpStep">The last step of the phone's clock that was used.</param>
/// <param name="Recovery">Hashes of the recovery codes that are left.</param>
internal sealed record AccountSecret(
    string Account,
    string Login,
    string? Password,
    IReadOnlyList<string> Former,
    byte[]? Totp,
    long TotpStep,
    IReadOnlyList<string> Recovery
);

/// <summary>The table beside the log that holds it; a login is found by a keyed commitment, in one spelling.</summary>
internal sealed class AccountSecrets(IKeys keys)
{
    private const string LoginPurpose = "account-login";
    private const string TotpPurpose = "account-totp";
    private const string Columns =
        "SELECT account, login, verifier, former, totp, totp_step, recovery FROM account_secrets";
    public static readonly TimeSpan InvitationValidity = TimeSpan.FromHours(72);

    /// <summary>One spelling of a login: no blanks around it, no capitals, one composition.</summary>
    public static string Normal(string login) =>
        login.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    public byte[] KeyOf(string login) =>
        keys.Commit(Encoding.UTF8.GetBytes(Normal(login)), LoginPurpose);

    public bool Taken(Views views, string login) =>
        views.Scalar("SELECT 1 FROM account_secrets WHERE login_key = $1", KeyOf(login))
            is not null;

    public AccountSecret? FindByLogin(Views views, string login) =>
        views.Query($"{Columns} WHERE login_key = $1", Read, KeyOf(login)).FirstOrDefault();

    public AccountSecret? Find(Views views, string account) =>
        views.Query($"{Columns} WHERE account = $1", Read, account).FirstOrDefault();

    /// <summary>The account of an invitation that is still good.</summary>
    public AccountSecret? FindInvited(Views views, string token, DateTimeOffset now) =>
        views
            .Query(
                $"{Columns} WHERE invitation = $1 AND invited_until > $2",
                Read,
                HashOf(token),
                now.ToUnixTimeMilliseconds()
            )
            .FirstOrDefault();

    public void Add(Work work, string account, string login) =>
        work.Beside(v =>
            v.Write(
                "INSERT INTO account_secrets (account, login_key, login) VALUES ($1, $2, $3)",
                account,
                KeyOf(login),
                keys.Seal(Encoding.UTF8.GetBytes(login.Trim()), LoginPurpose)
            )
        );

    /// <summary>A link that is good for three days and once; what was set before counts no more.</summary>
    public static string Invite(Work work, string account)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var until = (work.Now + InvitationValidity).ToUnixTimeMilliseconds();
        AccountPasskeys.Erase(work, account);
        work.Beside(v =>
            v.Write(
                "UPDATE account_secrets SET invitation = $2, invited_until = $3, verifier = NULL, totp = NULL, recovery = '[]' WHERE account = $1",
                account,
                HashOf(token),
                until
            )
        );
        return token;
    }

    /// <summary>Nothing is left of it, and the login is free again.</summary>
    public static void Erase(Work work, string account)
    {
        AccountPasskeys.Erase(work, account);
        work.Beside(v => v.Write("DELETE FROM account_secrets WHERE account = $1", account));
    }

    /// <summary>Everything at once, as the person set it; the invitation is used up.</summary>
    public void Set(Work work, AccountSecret secret) =>
        work.Beside(v =>
            v.Write(
                "UPDATE account_secrets SET verifier = $2, former = $3, totp = $4, totp_step = $5, recovery = $6, invitation = NULL WHERE account = $1",
                secret.Account,
                secret.Password,
                JsonSerializer.Serialize(secret.Former),
                secret.Totp is null ? null : keys.Seal(secret.Totp, TotpPurpose),
                secret.TotpStep,
                JsonSerializer.Serialize(secret.Recovery)
            )
        );

    private AccountSecret Read(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        new(
            row.GetString(0),
            Encoding.UTF8.GetString(keys.Open(row.GetFieldValue<byte[]>(1), LoginPurpose)),
            row.IsDBNull(2) ? null : row.GetString(2),
            JsonSerializer.Deserialize<string[]>(row.GetString(3))!,
            row.IsDBNull(4) ? null : keys.Open(row.GetFieldValue<byte[]>(4), TotpPurpose),
            row.GetInt64(5),
            JsonSerializer.Deserialize<string[]>(row.GetString(6))!
        );

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
