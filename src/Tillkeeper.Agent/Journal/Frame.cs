using System.Buffers.Binary;

namespace Tillkeeper.Agent.Journal;

/// <summary>
/// The wrapping that makes a piece of the file all or nothing: length of the body (u32) | CRC-32C of the body (u32) | CRC-32C of
/// these eight bytes (u32) | body | line feed. Numbers are little-endian.
/// </summary>
/// <remarks>
/// The head has its own checksum, so that a damaged length never passes for a torn write: that would cut off acknowledged
/// batches. The last byte is never zero, so that a write whose end did not reach the disk can be told from a flipped bit.
/// </remarks>
internal static class Frame
{
    public const int HeadBytes = 12;
    public const int MostBody = 1 << 20;
    public const int MostBytes = HeadBytes + MostBody + 1;
    public const byte End = (byte)'\n';

    /// <exception cref="ArgumentException">The body is empty or larger than <see cref="MostBody"/>.</exception>
    public static byte[] Wrap(ReadOnlySpan<byte> body)
    {
        if (body.Length is 0 or > MostBody)
        {
            throw new ArgumentException(
                $"A body of {body.Length} bytes does not fit a frame (1 to {MostBody}).",
                nameof(body)
            );
        }
        var frame = new byte[HeadBytes + body.Length + 1];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Crc32C.Of(body));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Crc32C.Of(frame.AsSpan(0, 8)));
        body.CopyTo(frame.AsSpan(HeadBytes));
        frame[^1] = End;
        return frame;
    }
}
