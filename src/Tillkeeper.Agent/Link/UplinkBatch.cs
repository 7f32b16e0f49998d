using System.Buffers;
using System.Text.Json;
using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Link;

/// <summary>Events as they are reported: <c>data</c> is the journal's own text, byte for byte, because the hash covers it.</summary>
internal static class UplinkBatch
{
    public static byte[] Write(IReadOnlyList<JournalEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("events");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteNumber("seq", entry.Seq);
            json.WriteString("prev", entry.Prev);
            json.WriteString("type", entry.Type);
            json.WriteString("at", entry.At);
            json.WritePropertyName("data");
            json.WriteRawValue(entry.Data, skipInputValidation: true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
