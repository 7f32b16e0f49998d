using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Fleet.Platform;

namespace Tillkeeper.Fleet.Terminals;

/// <summary>A simulated terminal's own events: numbered, chained, kept until the server has them.</summary>
internal sealed class MemoryJournal
{
    private const int MostAtOnce = 64;
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly Queue<Entry> waiting = new();
    private long seq;
    private string head = JournalChain.Genesis;

    public void Add(IDeviceEvent happened)
    {
        var data = EventCatalogue.Device.Write(happened);
        var type = EventCatalogue.Device.NameOf(happened);
        var at = UtcTimeJson.Write(DateTimeOffset.UtcNow);
        var prev = head;
        head = JournalChain.Hash(prev, ++seq, type, at, data);
        waiting.Enqueue(new Entry(seq, prev, type, at, data));
    }

    /// <summary>Sends what the server does not have yet.</summary>
    public async Task Report(HttpClient client, CancellationToken stop)
    {
        while (waiting.Count > 0)
        {
            var batch = waiting.Take(MostAtOnce).ToArray();
            using var content = new ReadOnlyMemoryContent(Write(batch));
            content.Headers.ContentType = Json;
            using var answer = await client.PostAsync("/terminal/v1/events", content, stop);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
                continue;
            }
            await Doors.Expect(answer, "/terminal/v1/events", stop);
            for (var i = 0; i < batch.Length; i++)
            {
                waiting.Dequeue();
            }
        }
    }

    private static ReadOnlyMemory<byte> Write(IEnumerable<Entry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("events");
        foreach (var e in entries)
        {
            json.WriteStartObject();
            json.WriteNumber("seq", e.Seq);
            json.WriteString("prev", e.Prev);
            json.WriteString("type", e.Type);
            json.WriteString("at", e.At);
            json.WritePropertyName("data");
            json.WriteRawValue(e.Data);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private sealed record Entry(long Seq, string Prev, string Type, string At, byte[] Data);
}
