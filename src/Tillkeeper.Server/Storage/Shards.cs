using System.Text;

namespace Tillkeeper.Server.Storage;

/// <summary>
/// The log's four shards. A terminal and its cases share one; everything else goes by its own id. The number is fixed for good:
/// more shards starve the group commit, and the hash of a key must never move.
/// </summary>
internal static class Shards
{
    public const int Count = 4;
    private const int SeqBits = 48;

    /// <summary>FNV-1a over UTF-8: the same on every replica and every version.</summary>
    public static int Of(string key)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(key))
        {
            hash = unchecked((hash ^ b) * 16777619u);
        }
        return (int)(hash % Count);
    }

    public static long PlaceOf(int shard, long seq) => ((long)shard << SeqBits) | seq;

    public static int ShardAt(long place) => (int)(place >> SeqBits);

    public static long SeqAt(long place) => place & ((1L << SeqBits) - 1);
}
