using System.Buffers.Binary;

namespace Tillkeeper.Agent.Journal;

/// <summary>What stands at a place in the file. Anything but these three is damage, an <see cref="InvalidDataException"/>.</summary>
internal enum Found
{
    /// <summary>A whole frame that checks out.</summary>
    Frame,

    /// <summary>Nothing: the file ends here.</summary>
    End,

    /// <summary>The beginning of a last frame whose rest is absent or zeros: a write that was never acknowledged.</summary>
    Torn,
}

/// <param name="Body">The frame's content; empty unless <see cref="Found.Frame"/>.</param>
/// <param name="Next">Where the next frame begins; 0 unless <see cref="Found.Frame"/>.</param>
internal readonly record struct FrameRead(Found Found, byte[] Body, long Next)
{
    public static FrameRead End { get; } = new(Found.End, [], 0);
    public static FrameRead Torn { get; } = new(Found.Torn, [], 0);
}

/// <summary>Reads frames up to <paramref name="end"/>, holding one frame or 64 KiB of the file at a time.</summary>
internal sealed class FrameReader(IDiskFile file, long end)
{
    private byte[] buffer = new byte[Math.Min(end, 64 * 1024)];
    private long bufferedFrom;
    private int buffered;

    /// <exception cref="InvalidDataException">What stands at <paramref name="offset"/> is damaged.</exception>
    public FrameRead Read(long offset)
    {
        var left = end - offset;
        if (left < Frame.HeadBytes)
        {
            return left == 0 ? FrameRead.End : FrameRead.Torn;
        }
        var head = Peek(offset, Frame.HeadBytes);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (Crc32C.Of(head[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(head[8..]))
        {
            return IsTornHead(offset, left)
                ? FrameRead.Torn
                : throw new InvalidDataException("a frame's head does not match its checksum");
        }
        if (length is 0 or > Frame.MostBody)
        {
            throw new InvalidDataException("a frame's length is out of bounds");
        }
        var total = Frame.HeadBytes + (int)length + 1;
        if (left < total)
        {
            return FrameRead.Torn;
        }
        var frame = Peek(offset, total);
        var body = frame[Frame.HeadBytes..^1];
        if (frame[^1] == Frame.End && Crc32C.Of(body) == checksum)
        {
            return new FrameRead(Found.Frame, body.ToArray(), offset + total);
        }
        return left == total && frame[^1] == 0
            ? FrameRead.Torn
            : throw new InvalidDataException("a frame's body does not match its checksum");
    }

    /// <summary>Whether the file ends in zeros that begin within this head.</summary>
    private bool IsTornHead(long offset, long left) =>
        left <= Frame.MostBytes
        && !Peek(offset, (int)left)[(Frame.HeadBytes - 1)..].ContainsAnyExcept((byte)0);

    private ReadOnlySpan<byte> Peek(long offset, int count)
    {
        if (offset < bufferedFrom || offset + count > bufferedFrom + buffered)
        {
            if (buffer.Length < count)
            {
                buffer = new byte[count];
            }
            var most = (int)Math.Min(buffer.Length, end - offset);
            bufferedFrom = offset;
            buffered = file.Read(offset, buffer.AsSpan(0, most));
            if (buffered < most)
            {
                throw new EndOfStreamException("The file is shorter than it was a moment ago.");
            }
        }
        return buffer.AsSpan((int)(offset - bufferedFrom), count);
    }
}
