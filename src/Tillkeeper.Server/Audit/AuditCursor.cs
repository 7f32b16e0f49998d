using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Storage;

namespace Tillkeeper.Server.Audit;

/// <summary>How far back a search has come in each shard: only what is below is still to be looked at. Written as <c>7.9.4.12</c>.</summary>
internal sealed class AuditCursor
{
    private readonly long[] below;

    private AuditCursor(long[] below) => this.below = below;

    /// <summary>Null for what no search has given out.</summary>
    public static AuditCursor? Parse(string text)
    {
        var parts = text.Split('.');
        var numbers = new long[Shards.Count];
        if (parts.Length != Shards.Count)
        {
            return null;
        }
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            if (
                !long.TryParse(
                    parts[shard],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out numbers[shard]
                )
            )
            {
                return null;
            }
        }
        return new AuditCursor(numbers);
    }

    /// <summary>From the newest entry on, or from the newest that is not after a moment.</summary>
    public static AuditCursor Newest(SqliteConnection c, DateTimeOffset? until) =>
        new([.. Enumerable.Range(0, Shards.Count).Select(shard => After(c, shard, until))]);

    public long Below(int shard) => below[shard];

    public void Pass(long place) => below[Shards.ShardAt(place)] = Shards.SeqAt(place);

    public override string ToString() =>
        string.Join('.', below.Select(b => b.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The first number whose entry is later than the moment, by halving: within a shard, later numbers are not earlier.</summary>
    private static long After(SqliteConnection c, int shard, DateTimeOffset? until)
    {
        var last =
            c.ExecuteScalar<long?>(
                "SELECT last_seq FROM shards WHERE shard = @shard",
                new { shard }
            ) ?? 0;
        if (until is not { } moment)
        {
            return last + 1;
        }
        var (low, high) = (1L, last + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var at = c.ExecuteScalar<long?>(
                "SELECT at FROM events WHERE place = @place",
                new { place = Shards.PlaceOf(shard, middle) }
            );
            if (at is { } time && time <= moment.ToUnixTimeMilliseconds())
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
