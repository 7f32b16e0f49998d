using System.Buffers.Binary;
using System.Text;

namespace Tillkeeper.Agent.Journal;

/// <summary>
/// What the frames hold, little-endian; text is UTF-8, text and bytes are preceded by their length (i32).
/// <list type="bullet">
/// <item>Header: <c>tillkeeper-journal-1</c> | terminal | epoch (i32) | base number (i64) | base hash.</item>
/// <item>Batch: one or more of number (i64) | hash (32 bytes) | type | at | data | secret (length -1 for none).</item>
/// </list>
/// Reading throws <see cref="InvalidDataException"/> for anything else.
/// </summary>
internal static class JournalBody
{
    private const string Magic = "tillkeeper-journal-1";
    private const int HashBytes = 32;

    public static byte[] Write(JournalHeader header) =>
        Write(to =>
        {
            WriteText(to, Magic);
            WriteText(to, header.Terminal);
            to.Write(header.Epoch);
            to.Write(header.BaseSeq);
            WriteText(to, header.BaseHash);
        });

    public static byte[] Write(IReadOnlyList<JournalEntry> batch) =>
        Write(to =>
        {
            foreach (var entry in batch)
            {
                to.Write(entry.Seq);
                to.Write(Convert.FromHexString(entry.Hash));
                WriteText(to, entry.Type);
                WriteText(to, entry.At);
                WriteBytes(to, entry.Data);
                WriteBytes(to, entry.Secret);
            }
        });

    public static JournalHeader ReadHeader(byte[] body)
    {
        using var from = new BinaryReader(new MemoryStream(body));
        if (ReadText(from) != Magic)
        {
            throw new InvalidDataException("the file is no journal of this format");
        }
        var header = new JournalHeader(
            ReadText(from),
            ReadInt32(from),
            ReadInt64(from),
            ReadText(from)
        );
        return IsAtEnd(from) ? header : throw new InvalidDataException("the header is too long");
    }

    /// <param name="prev">The hash of the entry before the batch.</param>
    public static List<JournalEntry> ReadBatch(byte[] body, string prev)
    {
        using var from = new BinaryReader(new MemoryStream(body));
        var batch = new List<JournalEntry>();
        while (!IsAtEnd(from))
        {
            var entry = new JournalEntry(
                ReadInt64(from),
                prev,
                Convert.ToHexStringLower(ReadExactly(from, HashBytes)),
                ReadText(from),
                ReadText(from),
                ReadBytes(from) ?? throw new InvalidDataException("an entry has no data"),
                ReadBytes(from)
            );
            batch.Add(entry);
            prev = entry.Hash;
        }
        return batch;
    }

    private static byte[] Write(Action<BinaryWriter> content)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        content(to);
        return bytes.ToArray();
    }

    private static void WriteText(BinaryWriter to, string text) =>
        WriteBytes(to, Encoding.UTF8.GetBytes(text));

    private static void WriteBytes(BinaryWriter to, byte[]? bytes)
    {
        to.Write(bytes?.Length ?? -1);
        to.Write(bytes ?? []);
    }

    private static string ReadText(BinaryReader from) =>
        Encoding.UTF8.GetString(
            ReadBytes(from) ?? throw new InvalidDataException("a text is missing")
        );

    private static byte[]? ReadBytes(BinaryReader from)
    {
        var length = ReadInt32(from);
        return length == -1 ? null : ReadExactly(from, length);
    }

    private static int ReadInt32(BinaryReader from) =>
        BinaryPrimitives.ReadInt32LittleEndian(ReadExactly(from, sizeof(int)));

    private static long ReadInt64(BinaryReader from) =>
        BinaryPrimitives.ReadInt64LittleEndian(ReadExactly(from, sizeof(long)));

    private static byte[] ReadExactly(BinaryReader from, int length) =>
        length >= 0 && length <= from.BaseStream.Length - from.BaseStream.Position
            ? from.ReadBytes(length)
            : throw new InvalidDataException("a field is longer than its frame");

    private static bool IsAtEnd(BinaryReader from) =>
        from.BaseStream.Position == from.BaseStream.Length;
}
