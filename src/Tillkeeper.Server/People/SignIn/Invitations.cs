using Microsoft.AspNetCore.Identity;
using Tillkeeper.Core;
using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.People.Passkeys;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>Setting what one signs in with: by an invitation, or again by oneself. Whoever invites never knows it (OWASP ASVS 5.0 6.4.6).</summary>
internal sealed class Invitations(Appender appender, AccountSecrets secrets, Passwords passwords)
{
    /// <summary>Whose invitation it is; null when it is none, used or over.</summary>
    public Task<AccountSecret?> Find(string token, DateTimeOffset now) =>
        appender.Run(Act.Server, work => secrets.FindInvited(work.Views, token, now));

    /// <summary>Sets password and phone, and makes recovery codes: shown now and never again.</summary>
    public Task<(IReadOnlyList<string>? Codes, Refusal? Refusal)> Accept(
        string token,
        string password,
        byte[] totp,
        string code,
        Act act
    ) =>
        Accept(
            token,
            password,
            act,
            (work, secret) =>
                Totp.StepOf(code, totp, work.Now, 0) is { } step
                    ? (secret with { Totp = totp, TotpStep = step }, null)
                    : (
                        secret,
                        new Refusal(
                            RefusalKind.Invalid,
                            "wrong_code",
                            "This is not the code that the phone shows now. Check the phone's clock, and type the newest.",
                            "code"
                        )
                    )
        );

    /// <summary>The same with a passkey in the place of the phone.</summary>
    public Task<(IReadOnlyList<string>? Codes, Refusal? Refusal)> Accept(
        string token,
        string password,
        UserPasskeyInfo made,
        string device,
        Act act
    ) =>
        Accept(
            token,
            password,
            act,
            (work, secret) => (secret, AccountPasskeys.Keep(work, secret.Account, device, made))
        );

    /// <summary>Why this password will not do; asked before a device makes a passkey for nothing.</summary>
    public Refusal? Hindrance(AccountSecret known, string password) =>
        passwords.Check(password, known.Login, known.Former);

    private async Task<(IReadOnlyList<string>? Codes, Refusal? Refusal)> Accept(
        string token,
        string password,
        Act act,
        Func<Work, AccountSecret, (AccountSecret Set, Refusal? Refusal)> second
    )
    {
        var known = await appender.Run(
            act,
            work => secrets.FindInvited(work.Views, token, work.Now)
        );
        if (known is null)
        {
            return (null, Gone);
        }
        if (Hindrance(known, password) is { } weak)
        {
            return (null, weak);
        }
        var hash = passwords.Hash(password);
        var codes = RecoveryCodes.New();
        var refusal = await appender.Run(
            act,
            work =>
            {
                if (secrets.FindInvited(work.Views, token, work.Now) is not { } still)
                {
                    return Gone;
                }
                var (set, wrong) = second(work, still);
                if (wrong is not null)
                {
                    return wrong;
                }
                work.Append(
                    AccountStreams.Kind,
                    still.Account,
                    still.Account,
                    [new AccountActivated()]
                );
                secrets.Set(
                    work,
                    set with
                    {
                        Password = hash,
                        Former = Remember(still.Former, hash),
                        Recovery = [.. codes.Select(RecoveryCodes.Hash)],
                    }
                );
                return null;
            }
        );
        return refusal is null ? (codes, null) : (null, refusal);
    }

    /// <summary>A new password, by the person themselves; everywhere else they are signed out.</summary>
    public async Task<Refusal?> ChangePassword(Person person, string password)
    {
        var known = await appender.Run(person.Act, work => secrets.Find(work.Views, person.Key));
        if (known is null)
        {
            return Refusal.NotFound("account");
        }
        if (passwords.Check(password, known.Login, known.Former) is { } weak)
        {
            return weak;
        }
        var hash = passwords.Hash(password);
        return await appender.Run(
            person.Act,
            work =>
            {
                var still = secrets.Find(work.Views, person.Key)!;
                work.Append(AccountStreams.Kind, person.Key, person.Key, [new PasswordChanged()]);
                secrets.Set(
                    work,
                    still with
                    {
                        Password = hash,
                        Former = Remember(still.Former, hash),
                    }
                );
                SessionStore.EndOthers(work, person.Session!);
                return (Refusal?)null;
            }
        );
    }

    /// <summary>New recovery codes; the old ones are worth nothing.</summary>
    public Task<IReadOnlyList<string>> RenewCodes(Person person) =>
        appender.Run(
            person.Act,
            work =>
            {
                var codes = RecoveryCodes.New();
                var still = secrets.Find(work.Views, person.Key)!;
                work.Append(AccountStreams.Kind, person.Key, person.Key, [new RecoveryCodesMade()]);
                secrets.Set(work, still with { Recovery = [.. codes.Select(RecoveryCodes.Hash)] });
                return codes;
            }
        );

    public static Refusal Gone { get; } =
        new(
            RefusalKind.Gone,
            "invitation_over",
            "This invitation was used, or is older than three days. Ask for a new one."
        );

    private static IReadOnlyList<string> Remember(IReadOnlyList<string> former, string hash) =>
        [.. former.Append(hash).TakeLast(Passwords.Remembered)];
}
