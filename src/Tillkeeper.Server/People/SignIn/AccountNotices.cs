using System.Globalization;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Notifications.Sending;
using Tillkeeper.Server.People.Accounts;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>
/// Tells a person what happened to their account, where their login is an e-mail address and the provider has a channel for it; in the
/// language of the page on which it happened.
/// </summary>
internal sealed class AccountNotices(AccountSecrets secrets, Outbox outbox)
{
    /// <summary>That of the page that is being answered; ask before work begins, which knows no reader.</summary>
    public static string LanguageOfReader =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en"
            ? "en"
            : Party.DefaultLanguage;

    /// <param name="device">Which device it is about, in words.</param>
    public void Tell(
        Work work,
        NotificationKind kind,
        string account,
        string device,
        string language
    )
    {
        if (
            secrets.Find(work.Views, account)?.Login is not { } address
            || !MailAddresses.IsOne(address)
        )
        {
            return;
        }
        var state = work.Load(AccountStreams.Kind, account);
        var party = PartyOf(state, address, language);
        Dictionary<string, string> facts = new(StringComparer.Ordinal)
        {
            ["device"] = device,
            ["time"] = party.Local(work.Now),
        };
        foreach (var (channel, to) in ChannelBook.Reaching(work.Views, party))
        {
            outbox.Put(
                work,
                kind,
                party,
                channel,
                $"account/{account}",
                new LetterContent(to, party.Language, facts),
                work.Now
            );
        }
    }

    private static Party PartyOf(AccountState account, string address, string language) =>
        new(
            account.Id,
            account.Place,
            Audience.Person,
            language,
            [],
            new QuietHours(
                Party.DefaultQuietFrom,
                Party.DefaultQuietTo,
                TimeZoneInfo.FindSystemTimeZoneById(Party.DefaultZone)
            ),
            Phone: null,
            address
        );
}
