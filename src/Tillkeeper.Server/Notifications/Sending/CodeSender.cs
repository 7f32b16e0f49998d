using System.Globalization;
using Tillkeeper.Core;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Notifications.Templates;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Notifications.Sending;

/// <summary>A one-time code for a merchant's phone on file.</summary>
/// <param name="About">What it is for, e.g. <c>lock/7Q...</c>: what the record names.</param>
internal sealed record OneTimeCode(
    string Merchant,
    string About,
    string Code,
    DateTimeOffset ExpiresAt
)
{
    /// <summary>Never the code.</summary>
    public override string ToString() => $"One-time code about {About}";
}

/// <summary>
/// Sends codes at once. The code is in memory only: neither the log, the tables nor a line of logging ever hold it, sealed or not, and what
/// was not taken before it expired is not sent again.
/// </summary>
internal sealed class CodeSender(
    Appender appender,
    PartyBook parties,
    Outbox outbox,
    ChannelBook channels,
    Carriers carriers,
    TemplateBook templates,
    NotificationPacing pacing,
    TimeProvider time
)
{
    private const int MostAttempts = 3;

    private sealed record Way(
        Party Party,
        string Shop,
        IReadOnlyList<(string Channel, string To)> Channels
    );

    /// <summary>Waits until a gateway has taken it, at most three attempts a channel and never past its expiry.</summary>
    /// <returns>Null when it was taken; <c>no_phone_on_file</c>, <c>no_channel</c> or <c>not_sent</c> otherwise.</returns>
    public async Task<Refusal?> SendNow(OneTimeCode code, CancellationToken cancel)
    {
        var way = await appender.Run(Act.Server, work => Find(work.Views, code.Merchant));
        if (Hindrance(way) is { } hindrance)
        {
            return hindrance;
        }
        foreach (var (channel, to) in way!.Channels)
        {
            var id = Ids.New();
            var (taken, attempts) = await Try(
                code,
                way,
                channel,
                new Message(id, to, "", ""),
                cancel
            );
            await Record(code, way.Party, channel, id, to, taken, attempts);
            if (taken)
            {
                return null;
            }
        }
        return Refusal.Conflict(
            "not_sent",
            "The message could not be sent; try again, or use another way out."
        );
    }

    /// <summary>Why no code reaches this merchant; asked before a code is made, so that none is counted for nothing.</summary>
    public Refusal? Hindrance(Views views, string merchant) => Hindrance(Find(views, merchant));

    private static Refusal? Hindrance(Way? way) =>
        way switch
        {
            null => Refusal.NotFound("merchant"),
            { Party.Phone: null or "" } => Refusal.Conflict(
                "no_phone_on_file",
                "No phone number is on file; use another way out."
            ),
            { Channels: [] } => Refusal.Conflict(
                "no_channel",
                "No channel sends short messages to merchants; set one up first."
            ),
            _ => null,
        };

    private Way? Find(Views views, string merchant) =>
        parties.Merchant(views, merchant) is { } party
            ? new Way(
                party,
                (string)views.Scalar("SELECT name FROM merchants WHERE id = $1", merchant)!,
                // Only over what reaches the number on file.
                [.. ChannelBook.Reaching(views, party with { Email = null })]
            )
            : null;

    private async Task<(bool Taken, int Attempts)> Try(
        OneTimeCode code,
        Way way,
        string channel,
        Message message,
        CancellationToken cancel
    )
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var left = code.ExpiresAt - time.GetUtcNow();
            if (left <= TimeSpan.Zero || channels.Find(channel) is not { } settings)
            {
                return (false, attempt - 1);
            }
            using var untilExpired = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            untilExpired.CancelAfter(left < pacing.Timeout ? left : pacing.Timeout);
            var text = Text(code, way, left);
            SendFailure? failure;
            try
            {
                failure = await carriers.Send(
                    settings,
                    message with
                    {
                        Title = text.Title,
                        Text = text.Text,
                    },
                    untilExpired.Token
                );
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                failure = new SendFailure("no answer in time");
            }
            if (failure is null)
            {
                return (true, attempt);
            }
            if (failure.Final)
            {
                return (false, attempt);
            }
        }
        return (false, MostAttempts);
    }

    private RenderedText Text(OneTimeCode code, Way way, TimeSpan left) =>
        templates.Render(
            NotificationKind.OneTimeCode,
            Audience.Merchant,
            way.Party.Language,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["shop"] = way.Shop,
                ["code"] = code.Code,
                ["minutes"] = Math.Max(1, (int)left.TotalMinutes)
                    .ToString(CultureInfo.InvariantCulture),
                ["time"] = way.Party.Local(time.GetUtcNow()),
            }
        );

    /// <summary>That a code was sent, to whom in no readable form, and whether it was taken.</summary>
    private Task<bool> Record(
        OneTimeCode code,
        Party party,
        string channel,
        string id,
        string to,
        bool taken,
        int attempts
    ) =>
        appender.Run(
            Act.Server,
            work =>
            {
                work.Append(
                    NotificationStreams.Kind,
                    id,
                    id,
                    [
                        new NotificationQueued(
                            id,
                            NotificationKind.OneTimeCode,
                            party.Id,
                            party.Place,
                            party.Audience,
                            channel,
                            code.About,
                            outbox.RecipientOf(to)
                        ),
                        taken
                            ? new NotificationSent(attempts)
                            : new NotificationDropped(DropReason.GivenUp, attempts),
                    ]
                );
                return true;
            }
        );
}
