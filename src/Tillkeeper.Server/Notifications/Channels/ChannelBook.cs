using Dapper;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Notifications.Parties;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Notifications.Channels;

/// <summary>Which channels there are, and which of them reach a party.</summary>
internal sealed class ChannelBook(Database database, IKeys keys)
{
    /// <summary>How it is reached; null when it is gone.</summary>
    public ChannelSettings? Find(string name) =>
        database.Read(c =>
            c.ExecuteScalar<byte[]>(
                "SELECT sealed FROM notification_channel_secrets WHERE name = @name",
                new { name }
            )
        )
            is { } box
            ? ChannelSettings.Open(keys, name, box)
            : null;

    public bool Any() =>
        database.Read(c => c.ExecuteScalar<long>("SELECT count(*) FROM notification_channels")) > 0;

    /// <summary>Every channel that is for this audience and has an address of this party.</summary>
    public static List<(string Channel, string To)> Reaching(Views views, Party party)
    {
        var word = Words.Of(party.Audience);
        return
        [
            .. views
                .Query(
                    "SELECT name, reach, audiences FROM notification_channels ORDER BY name",
                    r => (Name: r.GetString(0), To: r.GetString(1), For: r.GetString(2))
                )
                .Where(c => c.For.Split(' ').Contains(word))
                .Select(c => (c.Name, AddressOf(party, c.To)))
                .Where(c => c.Item2 is not null)
                .Select(c => (c.Name, c.Item2!)),
        ];
    }

    private static string? AddressOf(Party party, string kind) =>
        Words.TryParse<AddressKind>(kind, out var known)
            ? known switch
            {
                AddressKind.Phone => NotEmpty(party.Phone),
                AddressKind.Email => NotEmpty(party.Email),
                _ => "",
            }
            : null;

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
