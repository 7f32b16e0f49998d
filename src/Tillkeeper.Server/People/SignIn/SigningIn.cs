using Tillkeeper.Core;
using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.People.Sessions;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>
/// Password, then the code of the phone or a recovery code; the same for coming in and for showing again who one is. A name that nobody bears
/// takes the same path, the same work and the same answer as a wrong password.
/// </summary>
internal sealed class SigningIn(
    Appender appender,
    AccountSecrets secrets,
    Passwords passwords,
    Devices devices,
    SessionStore sessions,
    IKeys keys,
    TimeProvider time
)
{
    public const int LongestLogin = 200;
    private const int LongestCode = 40;

    /// <summary>PCI DSS 4.0 8.2.6.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromDays(90);
    private static readonly TimeSpan HalfWay = TimeSpan.FromMinutes(5);

    private static readonly Refusal Wrong = new(
        RefusalKind.Unauthenticated,
        "wrong_sign_in",
        "Login and password, or the code, do not belong together. Check them and try again."
    );

    /// <summary>The first step: a ticket for the second, or why there is none.</summary>
    public async Task<(string? Ticket, Refusal? Refusal)> Password(
        HttpContext context,
        string login,
        string password
    )
    {
        if (
            login.Trim().Length is 0 or > LongestLogin
            || password.Length is 0 or > Passwords.Longest
        )
        {
            return (null, Wrong);
        }
        var (known, delayed) = await appender.Run(
            ActOf(context),
            work =>
            {
                var found = secrets.FindByLogin(work.Views, login);
                return (found, Count(work, context, secrets.KeyOf(login), found?.Account));
            }
        );
        if (delayed is not null)
        {
            return (null, delayed);
        }
        // Not on the thread that writes: it takes a tenth of a second, on purpose.
        if (!passwords.IsRight(known?.Password, password))
        {
            return (null, Wrong);
        }
        return (Ticket.Of(keys, Ticket.Half, known!.Account, time.GetUtcNow() + HalfWay), null);
    }

    /// <summary>The second step: in, with a session of one's own.</summary>
    public async Task<(Person? Person, Refusal? Refusal)> Code(
        HttpContext context,
        string? ticket,
        string code
    )
    {
        if (Ticket.Read(keys, Ticket.Half, ticket, time.GetUtcNow()) is not { } account)
        {
            return (
                null,
                new Refusal(
                    RefusalKind.Gone,
                    "sign_in_expired",
                    "That took longer than five minutes; begin again with your password."
                )
            );
        }
        string? cookie = null;
        var isNew = false;
        var (person, refusal) = await appender.Run(
            ActOf(context),
            work =>
            {
                var refused = Judge(work, context, account, code, out var recovery);
                if (refused is not null)
                {
                    return ((Person?)null, refused);
                }
                isNew = devices.CounterOf(context, account) == Attempts.Strangers;
                var device = DeviceOf(context);
                work.Append(
                    AccountStreams.Kind,
                    account,
                    account,
                    [new SignedIn(device, isNew, recovery)]
                );
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

    /// <summary>Both steps at once, by somebody who is in: what releases something may be done for a while (and the session's id is a new one).</summary>
    public async Task<Refusal?> Again(
        HttpContext context,
        Person person,
        string password,
        string code
    )
    {
        var login = (
            await appender.Run(person.Act, work => secrets.Find(work.Views, person.Key))
        )?.Login;
        if (login is null)
        {
            return Wrong;
        }
        var (ticket, refusal) = await Password(context, login, password);
        return refusal ?? (await Code(context, ticket, code)).Refusal;
    }

    private Refusal? Judge(
        Work work,
        HttpContext context,
        string account,
        string code,
        out bool byRecovery
    )
    {
        byRecovery = false;
        if (secrets.Find(work.Views, account) is not { Password: not null } secret)
        {
            return Wrong;
        }
        var who = secrets.KeyOf(secret.Login);
        if (Count(work, context, who, account) is { } delayed)
        {
            return delayed;
        }
        if (Match(secret, code.Trim(), work.Now) is not { } after)
        {
            return Wrong;
        }
        byRecovery = after.Recovery.Count < secret.Recovery.Count;
        var state = work.Load(AccountStreams.Kind, account);
        if (state.Status is not AccountStatus.Active)
        {
            return Wrong;
        }
        var last = (long?)
            work.Views.Scalar("SELECT signed_in_at FROM accounts WHERE id = $1", account);
        if (last < (work.Now - Unused).ToUnixTimeMilliseconds())
        {
            return Refusal.Forbidden(
                "Nobody has signed in here for 90 days, so the account is closed. Ask your administrator to reset it.",
                "account_unused"
            );
        }
        secrets.Set(work, after);
        Attempts.Forget(work, who, devices.CounterOf(context, account));
        return null;
    }

    /// <summary>The secret with the code used up; null when the code is not right.</summary>
    private static AccountSecret? Match(AccountSecret secret, string code, DateTimeOffset now)
    {
        if (code.Length is 0 or > LongestCode)
        {
            return null;
        }
        if (RecoveryCodes.LooksLikeOne(code))
        {
            var at = RecoveryCodes.Find(secret.Recovery, code);
            return at < 0
                ? null
                : secret with
                {
                    Recovery = [.. secret.Recovery.Where((_, i) => i != at)],
                };
        }
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        return
            secret.Totp is { } totp && Totp.StepOf(digits, totp, now, secret.TotpStep) is { } step
            ? secret with
            {
                TotpStep = step,
            }
            : null;
    }

    private Refusal? Count(Work work, HttpContext context, byte[] who, string? account)
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

    /// <summary>Nobody yet; where they come from is known.</summary>
    private static Act ActOf(HttpContext context) =>
        new("stranger", context.Connection.RemoteIpAddress?.ToString() ?? "");

    /// <summary>What kind of device, in words that fit a list: not the whole of what a browser says of itself.</summary>
    internal static string DeviceOf(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        string[] systems = ["iPhone", "iPad", "Android", "HarmonyOS", "Windows", "Mac OS", "Linux"];
        string[] browsers = ["MicroMessenger", "Edg", "OPR", "Firefox", "Chrome", "Safari"];
        var system =
            systems.FirstOrDefault(s => agent.Contains(s, StringComparison.Ordinal)) ?? "?";
        var browser =
            browsers.FirstOrDefault(b => agent.Contains(b, StringComparison.Ordinal)) ?? "?";
        return $"{browser}, {system}";
    }
}
