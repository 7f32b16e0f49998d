using Microsoft.AspNetCore.Identity;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People.Passkeys;

/// <summary>The passkeys one signs in with oneself: seen, added and removed by nobody else.</summary>
internal sealed class OwnPasskeys(
    PasskeyCeremonies ceremonies,
    Appender appender,
    AccountSecrets secrets,
    AccountNotices notices
)
{
    public const int LongestName = 60;

    public static Refusal NotMade { get; } =
        new(
            RefusalKind.Invalid,
            "passkey_not_made",
            "The device's answer does not verify, or it took too long; begin again.",
            "credential"
        );

    public Task<List<AccountPasskey>> Of(Person person) =>
        appender.Run(person.Act, work => AccountPasskeys.Of(work.Views, person.Key));

    public async Task<PasskeyQuestion> Ask(HttpContext context, Person person)
    {
        var secret = await appender.Run(person.Act, work => secrets.Find(work.Views, person.Key));
        return await ceremonies.AskToMake(
            context,
            new AccountHolder(person.Key, secret?.Login ?? person.Name),
            PasskeyPurpose.Enrolment
        );
    }

    public async Task<Refusal?> Add(
        HttpContext context,
        Person person,
        string name,
        PasskeyAnswer answer
    )
    {
        var language = AccountNotices.LanguageOfReader;
        var made = await ceremonies.Made(
            context,
            answer,
            new AccountHolder(person.Key, ""),
            PasskeyPurpose.Enrolment
        );
        return made is null
            ? NotMade
            : await appender.Run(
                person.Act,
                work =>
                {
                    var refusal = Keep(work, context, person.Key, name, made);
                    if (refusal is null)
                    {
                        notices.Tell(
                            work,
                            NotificationKind.PasskeyAdded,
                            person.Key,
                            NameOf(name, context),
                            language
                        );
                    }
                    return refusal;
                }
            );
    }

    /// <summary>Named as the person wishes, or else as the device calls itself.</summary>
    public static Refusal? Keep(
        Work work,
        HttpContext context,
        string account,
        string name,
        UserPasskeyInfo made
    ) =>
        name.Length > 0 && Check.Name(name, "name") is { } wrong
            ? wrong
            : AccountPasskeys.Keep(work, account, NameOf(name, context), made);

    private static string NameOf(string name, HttpContext context) =>
        name.Length > 0 ? name : SigningIn.DeviceOf(context);

    public Task<Refusal?> Remove(Person person, string id)
    {
        var language = AccountNotices.LanguageOfReader;
        return appender.Run(
            person.Act,
            work =>
            {
                var own = AccountPasskeys.Of(work.Views, person.Key);
                if (own.Find(p => p.Id == id) is not { } passkey)
                {
                    return Refusal.NotFound("passkey");
                }
                if (own.Count == 1 && secrets.Find(work.Views, person.Key)?.Totp is null)
                {
                    return Refusal.Conflict(
                        "last_second_factor",
                        "Nothing but your password would be left; add another passkey first."
                    );
                }
                AccountPasskeys.Remove(work, passkey);
                notices.Tell(
                    work,
                    NotificationKind.PasskeyRemoved,
                    person.Key,
                    passkey.Name,
                    language
                );
                return (Refusal?)null;
            }
        );
    }
}
