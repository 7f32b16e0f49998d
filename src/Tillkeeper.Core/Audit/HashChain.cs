using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Core.Audit;

/// <summary>One row of the log as it is hashed.</summary>
/// <param name="Shard">0 to 3.</param>
/// <param name="Seq">Gapless within the shard, from 1.</param>
/// <param name="Stream">E.g. <c>terminal/7Q2M4K9X1B</c>.</param>
/// <param name="Version">Gapless within the stream, from 1.</param>
/// <param name="Previous">The number within the shard of the stream's event before; 0 for its first.</param>
/// <param name="At">When it was decided, milliseconds since 1970 UTC.</param>
/// <param name="Actor">Who did it: a person, a terminal or the server itself.</param>
/// <param name="Source">From where: an address, or empty.</param>
public readonly record struct LogRow(
    int Shard,
    long Seq,
    string Stream,
    long Version,
    long Previous,
    string Type,
    long At,
    string Actor,
    string Source,
    ReadOnlyMemory<byte> Data
);

/// <summary>
/// The chain over the log: each row's hash covers the row and the hash before it, so that an edit, a deletion or a
/// reordering breaks the chain at its place, and a cut tail disagrees with a checkpoint kept outside.
/// </summary>
/// <remarks>
/// SHA-256 over: hash before (32 bytes; zeros for the first), shard, seq, version, previous, at (8 bytes each, big-endian), then stream,
/// type, actor, source (UTF-8) and data, each preceded by its length in bytes (4 bytes, big-endian).
/// </remarks>
public static class HashChain
{
    public const int HashBytes = 32;

    public static byte[] Genesis { get; } = new byte[HashBytes];

    public static void Next(ReadOnlySpan<byte> before, in LogRow row, Span<byte> hash)
    {
        var size =
            HashBytes
            + (5 * 8)
            + (5 * 4)
            + Encoding.UTF8.GetMaxByteCount(
                row.Stream.Length + row.Type.Length + row.Actor.Length + row.Source.Length
            )
            + 12
            + row.Data.Length;
        var rented = size <= 2048 ? null : System.Buffers.ArrayPool<byte>.Shared.Rent(size);
        var buffer = rented ?? stackalloc byte[2048];
        before.CopyTo(buffer);
        var at = HashBytes;
        at = Number(buffer, at, row.Shard);
        at = Number(buffer, at, row.Seq);
        at = Number(buffer, at, row.Version);
        at = Number(buffer, at, row.Previous);
        at = Number(buffer, at, row.At);
        at = Text(buffer, at, row.Stream);
        at = Text(buffer, at, row.Type);
        at = Text(buffer, at, row.Actor);
        at = Text(buffer, at, row.Source);
        BinaryPrimitives.WriteInt32BigEndian(buffer[at..], row.Data.Length);
        row.Data.Span.CopyTo(buffer[(at + 4)..]);
        SHA256.HashData(buffer[..(at + 4 + row.Data.Length)], hash);
        if (rented is not null)
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Number(Span<byte> buffer, int at, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer[at..], value);
        return at + 8;
    }

    private static int Text(Span<byte> buffer, int at, string value)
    {
        var length = Encoding.UTF8.GetBytes(value, buffer[(at + 4)..]);
        BinaryPrimitives.WriteInt32BigEndian(buffer[at..], length);
        return at + 4 + length;
    }
}
