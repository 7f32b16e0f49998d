using Tillkeeper.Core;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>How somebody has shown who they are.</summary>
internal sealed record Proof(bool ByRecoveryCode = false, string? Passkey = null);

/// <summary>What every way in has in common: tries are counted before they are judged, and whoever is right gets a session of their own.</summary>
internal sealed class Entrance(
    Appender appender,
    Devices devices,
    SessionStore sessions,
    AccountNotices notices
)
{
    /// <summary>PCI DSS 4.0 8.2.6.</summary>
    private static readonly TimeSpan LongestUnused = TimeSpan.FromDays(90);

    /// <summary>In, with a session of one's own, when <paramref name="judge"/> finds proof in the same transaction.</summary>
    public async Task<(Person? Person, Refusal? Refusal)> Enter(
        HttpContext context,
        string account,
        Func<Work, (Proof? Proof, Refusal? Refusal)> judge
    )
    {
        string? cookie = null;
        var language = AccountNotices.LanguageOfReader;
        var (person, refusal) = await appender.Run(
            ActOf(context),
            work =>
            {
                var (proof, refused) = judge(work);
                if (proof is null)
                {
                    return ((Person?)null, refused);
                }
                var isNew = devices.CounterOf(context, account) == Attempts.Strangers;
                var device = SigningIn.DeviceOf(context);
                work.Append(
                    AccountStreams.Kind,
                    account,
                    account,
                    [new SignedIn(device, isNew, proof.ByRecoveryCode, proof.Passkey)]
                );
                if (isNew)
                {
                    notices.Tell(work, NotificationKind.NewSignIn, account, device, language);
                }
                cookie = sessions.Begin(work, context, account, device);
                var state = work.Load(AccountStreams.Kind, account);
                return (
                    new Person(state.Holder, state.Name, state.Role, state.Place, ""),
                    (Refusal?)null
                );
            }
        );
        if (cookie is not null)
        {
            SessionStore.Give(context, cookie);
            devices.Remember(context, account);
        }
        return (person, refusal);
    }

    /// <summary>Counts a try, before it is looked at. A refusal means that it must not be.</summary>
    /// <param name="account">Null when nobody bears the name; it takes the same path.</param>
    public Refusal? Count(Work work, HttpContext context, byte[] who, string? account)
    {
        var device = account is null ? Attempts.Strangers : devices.CounterOf(context, account);
        var refusal = Attempts.Count(work, who, device, out var tries);
        if (refusal is null && account is not null && Attempts.Delays(tries))
        {
            work.Append(
                AccountStreams.Kind,
                account,
                account,
                [new SignInDelayed(tries, device != Attempts.Strangers)]
            );
        }
        return refusal;
    }

    /// <summary>It was right: this device begins anew.</summary>
    public void Forget(Work work, HttpContext context, byte[] who, string account) =>
        Attempts.Forget(work, who, devices.CounterOf(context, account));

    /// <summary>Whether nobody has come in with it for so long that it is closed.</summary>
    public static Refusal? Unused(Work work, string account)
    {
        var last = (long?)
            work.Views.Scalar("SELECT signed_in_at FROM accounts WHERE id = $1", account);
        return last < (work.Now - LongestUnused).ToUnixTimeMilliseconds()
            ? Refusal.Forbidden(
                "Nobody has signed in here for 90 days, so the account is closed. Ask your administrator to reset it.",
                "account_unused"
            )
            : null;
    }

    /// <summary>Nobody yet; where they come from is known.</summary>
    public static Act ActOf(HttpContext context) =>
        new("stranger", context.Connection.RemoteIpAddress?.ToString() ?? "");
}
