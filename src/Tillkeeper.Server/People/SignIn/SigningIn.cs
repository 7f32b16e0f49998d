using Tillkeeper.Core;
using Tillkeeper.Server.People.Accounts;
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
    Entrance entrance,
    IKeys keys,
    TimeProvider time
)
{
    public const int LongestLogin = 200;
    private const int LongestCode = 40;

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
            Entrance.ActOf(context),
            work =>
            {
                var found = secrets.FindByLogin(work.Views, login);
                return (found, entrance.Count(work, context, secrets.KeyOf(login), found?.Account));
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
        return await entrance.Enter(context, account, work => Judge(work, context, account, code));
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

    private (Proof? Proof, Refusal? Refusal) Judge(
        Work work,
        HttpContext context,
        string account,
        string code
    )
    {
        if (secrets.Find(work.Views, account) is not { Password: not null } secret)
        {
            return (null, Wrong);
        }
        var who = secrets.KeyOf(secret.Login);
        if (entrance.Count(work, context, who, account) is { } delayed)
        {
            return (null, delayed);
        }
        if (
            Match(secret, code.Trim(), work.Now) is not { } after
            || work.Load(AccountStreams.Kind, account).Status is not AccountStatus.Active
        )
        {
            return (null, Wrong);
        }
        if (Entrance.Unused(work, account) is { } closed)
        {
            return (null, closed);
        }
        secrets.Set(work, after);
        entrance.Forget(work, context, who, account);
        return (new Proof(ByRecoveryCode: after.Recovery.Count < secret.Recovery.Count), null);
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
