using System.Text;
using System.Text.Json;
using Dapper;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Notifications.Sending;

/// <summary>What a letter needs to be written when its time has come; sealed until then, gone afterwards.</summary>
internal sealed record LetterContent(
    string To,
    string Language,
    IReadOnlyDictionary<string, string> Facts
)
{
    /// <summary>Never whom it goes to.</summary>
    public override string ToString() => "Content of a letter";
}

/// <param name="Held">For a summary: how many it stands for.</param>
internal sealed record Letter(
    string Id,
    string Kind,
    string Audience,
    byte[] Sealed,
    long Attempts,
    long Held
);

/// <summary>What waits to be sent.</summary>
internal sealed class Outbox(Database database, IKeys keys)
{
    private const int RecipientBytes = 8;

    /// <summary>Queues one letter, its event and its content, in this command.</summary>
    /// <param name="held">For a summary: how many it stands for.</param>
    public void Put(
        Work work,
        NotificationKind kind,
        Party party,
        string channel,
        string about,
        LetterContent content,
        DateTimeOffset at,
        int held = 0
    )
    {
        var id = Ids.New();
        work.Append(
            NotificationStreams.Kind,
            id,
            id,
            [
                new NotificationQueued(
                    id,
                    kind,
                    party.Id,
                    party.Place,
                    party.Audience,
                    channel,
                    about,
                    RecipientOf(content.To)
                ),
            ]
        );
        var box = keys.Seal(
            JsonSerializer.SerializeToUtf8Bytes(content, NotificationJson.Default.LetterContent),
            Purpose(id)
        );
        work.Beside(v =>
            v.Write(
                "INSERT INTO notification_letters VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, '')",
                id,
                party.Id,
                Words.Of(kind),
                Words.Of(party.Audience),
                channel,
                about,
                box,
                at.ToUnixTimeMilliseconds(),
                held
            )
        );
    }

    public LetterContent Open(Letter letter) =>
        JsonSerializer.Deserialize(
            keys.Open(letter.Sealed, Purpose(letter.Id)),
            NotificationJson.Default.LetterContent
        )!;

    public IReadOnlyList<Letter> FindDue(string channel, DateTimeOffset now, int most) =>
        database.Read(c =>
            c.Query<Letter>(
                    "SELECT id, kind, audience, sealed, attempts, held FROM notification_letters WHERE channel = @channel AND next_at <= @now ORDER BY next_at LIMIT @most",
                    new
                    {
                        channel,
                        now = now.ToUnixTimeMilliseconds(),
                        most,
                    }
                )
                .AsList()
        );

    /// <summary>Channels that letters wait for now.</summary>
    public IReadOnlyList<string> DueChannels(DateTimeOffset now) =>
        database.Read(c =>
            c.Query<string>(
                    "SELECT DISTINCT channel FROM notification_letters WHERE next_at <= @now",
                    new { now = now.ToUnixTimeMilliseconds() }
                )
                .AsList()
        );

    /// <summary>Ends a letter, unless it has ended meanwhile.</summary>
    public static void Settle(Work work, string id, INotificationEvent end)
    {
        if (work.Views.Scalar("SELECT 1 FROM notification_letters WHERE id = $1", id) is not null)
        {
            work.Append(NotificationStreams.Kind, id, id, [end]);
            work.Beside(v => v.Write("DELETE FROM notification_letters WHERE id = $1", id));
        }
    }

    /// <summary>How the record names a recipient.</summary>
    public string RecipientOf(string to) =>
        to.Length == 0
            ? ""
            : Convert.ToHexStringLower(
                keys.Commit(Encoding.UTF8.GetBytes(to), "notification-recipient")
                    .AsSpan(0, RecipientBytes)
            );

    private static string Purpose(string id) => $"notification/{id}";
}
