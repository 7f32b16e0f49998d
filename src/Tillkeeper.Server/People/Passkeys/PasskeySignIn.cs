using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.People.Passkeys;

/// <summary>
/// Coming in with a passkey, and showing again with one who one is: the device says who they are and has verified them, which is two factors
/// in one (NIST SP 800-63B-4, 3.1.7).
/// </summary>
internal sealed class PasskeySignIn(
    PasskeyCeremonies ceremonies,
    Entrance entrance,
    Appender appender
)
{
    /// <summary>One answer for whatever was wrong: a stranger learns nothing from it.</summary>
    private static readonly Refusal Wrong = new(
        RefusalKind.Unauthenticated,
        "passkey_not_accepted",
        "This passkey does not open this account, or it took too long. Try once more, or use your password."
    );

    /// <param name="again">Who is in already, and shows it once more; null for whoever comes in.</param>
    public Task<PasskeyQuestion> Ask(HttpContext context, Person? again) =>
        ceremonies.AskToUse(context, HolderOf(again), PurposeOf(again));

    public async Task<(Person? Person, Refusal? Refusal)> Enter(
        HttpContext context,
        PasskeyAnswer answer,
        Person? again
    )
    {
        var delayed = await appender.Run(
            Entrance.ActOf(context),
            work => Count(work, context, answer)
        );
        if (delayed is not null)
        {
            return (null, delayed);
        }
        return
            await ceremonies.Used(context, answer, HolderOf(again), PurposeOf(again)) is { } shown
            ? await entrance.Enter(
                context,
                shown.Account,
                work => Judge(work, context, shown.Account, shown.Passkey)
            )
            : (null, Wrong);
    }

    /// <summary>A try with somebody's passkey counts for that account, apart from its passwords: guessing those never stands in the way of this.</summary>
    private Refusal? Count(Work work, HttpContext context, PasskeyAnswer answer) =>
        answer.CredentialId is { } id && AccountPasskeys.Find(work.Views, id) is { } known
            ? entrance.Count(work, context, CounterOf(known.Account), known.Account)
            : null;

    /// <summary>What was verified outside is looked at once more inside: the passkey may be gone, or have been used meanwhile.</summary>
    private (Proof? Proof, Refusal? Refusal) Judge(
        Work work,
        HttpContext context,
        string account,
        UserPasskeyInfo used
    )
    {
        if (
            AccountPasskeys.Find(work.Views, used.CredentialId) is not { } passkey
            || passkey.Account != account
        )
        {
            return (null, Wrong);
        }
        var state = work.Load(AccountStreams.Kind, account);
        if (WentBack(passkey.SignCount, used.SignCount))
        {
            Alerts.Raise(work, Copied(passkey, state));
            return (null, Wrong);
        }
        if (state.Status is not AccountStatus.Active)
        {
            return (null, Wrong);
        }
        if (Entrance.Unused(work, account) is { } closed)
        {
            return (null, closed);
        }
        AccountPasskeys.Note(work, passkey, used);
        entrance.Forget(work, context, CounterOf(account), account);
        return (new Proof(Passkey: passkey.Id), null);
    }

    /// <summary>A count that does not grow is that of a copy, unless the authenticator keeps none (WebAuthn Level 3, 6.1.1).</summary>
    private static bool WentBack(long before, uint now) =>
        (before != 0 || now != 0) && now <= before;

    private static NewAlert Copied(AccountPasskey passkey, AccountState account) =>
        new(
            "passkey_copied",
            $"passkey_copied/{passkey.Id}",
            Severity.High,
            account.Place,
            Facts: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["account"] = account.Id,
                ["name"] = account.Name,
                ["passkey"] = passkey.Id,
            }
        );

    private static byte[] CounterOf(string account) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"passkey/{account}"));

    private static AccountHolder? HolderOf(Person? again) =>
        again is null ? null : new AccountHolder(again.Key, again.Name);

    private static PasskeyPurpose PurposeOf(Person? again) =>
        again is null ? PasskeyPurpose.SignIn : PasskeyPurpose.Again;
}
