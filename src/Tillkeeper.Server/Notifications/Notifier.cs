using System.Globalization;
using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Notifications.Sending;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch.Texts;

namespace Tillkeeper.Server.Notifications;

/// <summary>
/// Decides who is told of something, over which channels and when, and queues the letters in the transaction it is called in.
/// </summary>
internal sealed class Notifier(PartyBook parties, Outbox outbox, NotificationPacing pacing)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Tells everybody whom this kind is for, as they want to be told.</summary>
    public void Tell(Work work, Happening happening)
    {
        var (terminal, merchant) = Concerned(work.Views, happening);
        foreach (var audience in NotificationKinds.Of(happening.Kind).Audiences)
        {
            if (Find(work.Views, audience, merchant) is { } party)
            {
                TellOne(work, happening, party, terminal, merchant);
            }
        }
    }

    /// <summary>
    /// Tells a merchant that its contact data was changed, at the old number and address too: who has taken a shop's name over cannot keep
    /// the news from it. Call it in the command that changes them, before the new ones are in force.
    /// </summary>
    public void TellContactChanged(Work work, string merchant, string? oldPhone, string? oldEmail)
    {
        if (parties.Merchant(work.Views, merchant) is not { } party)
        {
            return;
        }
        Happening happening = new(NotificationKind.ContactChanged, $"merchant/{merchant}", work.Now)
        {
            Merchant = merchant,
        };
        foreach (
            var to in new[] { party, party with { Phone = oldPhone, Email = oldEmail } }.Distinct()
        )
        {
            TellOne(work, happening, to, null, merchant);
        }
    }

    private Party? Find(Views views, Audience audience, string? merchant) =>
        audience switch
        {
            Audience.Helpdesk => parties.Helpdesk(views),
            _ when merchant is null => null,
            Audience.Merchant => parties.Merchant(views, merchant),
            _ => parties.AgentOf(
                views,
                (string)views.Scalar("SELECT place FROM merchants WHERE id = $1", merchant)!
            ),
        };

    private static (string? Terminal, string? Merchant) Concerned(Views views, Happening h)
    {
        var terminal =
            h.Terminal
            ?? (
                h.Case is null
                    ? null
                    : (string?)views.Scalar("SELECT terminal FROM cases WHERE id = $1", h.Case)
            );
        return terminal is null
            ? (null, h.Merchant)
            : (
                terminal,
                (string?)views.Scalar("SELECT merchant FROM terminals WHERE id = $1", terminal)
            );
    }

    private void TellOne(
        Work work,
        Happening happening,
        Party party,
        string? terminal,
        string? merchant
    )
    {
        var kind = NotificationKinds.Of(happening.Kind);
        if (!kind.Owed && party.OptOut.Contains(kind.Kind))
        {
            return;
        }
        var facts = FactsOf(work.Views, happening, party, terminal, merchant);
        var at = kind.Urgent ? work.Now : party.Quiet.FirstAwake(work.Now);
        foreach (var (channel, to) in ChannelBook.Reaching(work.Views, party))
        {
            if (
                kind.Kind == NotificationKind.LockEnded
                && !KnowsOfIt(work, happening.About, party, channel)
            )
            {
                continue;
            }
            if (kind.Urgent || !Holds(work, party, channel, to))
            {
                outbox.Put(
                    work,
                    kind.Kind,
                    party,
                    channel,
                    happening.About,
                    new LetterContent(to, party.Language, facts),
                    at
                );
            }
        }
    }

    /// <summary>
    /// The end of a lock is told to whom its beginning was told. Where that news still waits, for the morning or for its server, both are
    /// over.
    /// </summary>
    private static bool KnowsOfIt(Work work, string about, Party party, string channel)
    {
        var begun = work.Views.Query(
            "SELECT n.id, n.status FROM notifications n WHERE n.party = $1 AND n.channel = $2 AND n.about = $3 AND n.kind IN ('lock_begun', 'tamper_found') LIMIT 4",
            r => (Id: r.GetString(0), Status: r.GetString(1)),
            party.Id,
            channel,
            about
        );
        foreach (var (id, _) in begun.Where(b => b.Status == "waiting"))
        {
            Outbox.Settle(work, id, new NotificationDropped(DropReason.Superseded, 0));
        }
        return begun.Any(b => b.Status == "sent");
    }

    /// <summary>True when the party had its share of this hour: the news is then counted in one summary at the end of it.</summary>
    private bool Holds(Work work, Party party, string channel, string to)
    {
        var since = (work.Now - Window).ToUnixTimeMilliseconds();
        var told = (long)
            work.Views.Scalar(
                "SELECT count(*) FROM notifications WHERE party = $1 AND channel = $2 AND queued_at > $3 AND kind <> 'summary'",
                party.Id,
                channel,
                since
            )!;
        if (told < pacing.MostAnHour)
        {
            return false;
        }
        if (
            work.Views.Scalar(
                "SELECT id FROM notification_letters WHERE party = $1 AND channel = $2 AND kind = 'summary'",
                party.Id,
                channel
            )
            is string summary
        )
        {
            work.Beside(v =>
                v.Write("UPDATE notification_letters SET held = held + 1 WHERE id = $1", summary)
            );
            return true;
        }
        var until = party.Quiet.FirstAwake(work.Now + Window);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["time"] = party.Local(until),
        };
        outbox.Put(
            work,
            NotificationKind.Summary,
            party,
            channel,
            $"party/{party.Id}",
            new LetterContent(to, party.Language, facts),
            until,
            held: 1
        );
        return true;
    }

    private static Dictionary<string, string> FactsOf(
        Views views,
        Happening happening,
        Party party,
        string? terminal,
        string? merchant
    )
    {
        Dictionary<string, string> facts = new(happening.Facts, StringComparer.Ordinal)
        {
            ["time"] = party.Local(happening.At),
        };
        Add("terminal", "SELECT serial FROM terminals WHERE id = $1", terminal);
        Add("shop", "SELECT name FROM merchants WHERE id = $1", merchant);
        if (happening.Expected is { } expected)
        {
            facts["expected"] = party.Local(expected);
        }
        if (happening.Lock is { } l)
        {
            facts["title"] = LockExplainer.Summary(
                l,
                new ExplanationContext(
                    TimeZoneInfo.ConvertTime(happening.At, party.Quiet.Zone),
                    ""
                ),
                party.Culture
            );
            facts["code"] = l.Code;
        }
        if (happening.Alert is { } alert)
        {
            facts["kind"] = TitleOf(views, alert, party.Culture);
        }
        return facts;

        void Add(string name, string sql, string? id)
        {
            if (id is not null && views.Scalar(sql, id) is string text)
            {
                facts[name] = text;
            }
        }
    }

    private static string TitleOf(Views views, string alert, CultureInfo culture) =>
        views
            .Query(
                "SELECT kind, facts FROM alerts WHERE id = $1",
                r =>
                    AlertTexts.Title(
                        r.GetString(0),
                        JsonSerializer.Deserialize(
                            r.GetString(1),
                            NotificationJson.Default.DictionaryStringString
                        )!,
                        culture
                    ),
                alert
            )
            .FirstOrDefault()
        ?? alert;
}
