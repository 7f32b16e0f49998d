using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tillkeeper.Bench.Load;

namespace Tillkeeper.Bench.Wire;

/// <summary>An enrolled terminal with a connection of its own, one request under way at a time as its numbers demand.</summary>
internal sealed class WireTerminal : IDisposable
{
    private const int EventsInRequest = 16;
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpClient client;
    private readonly LockCycle events;
    private readonly Queue<byte[]> prepared = new();

    private WireTerminal(HttpClient client, string id)
    {
        this.client = client;
        events = new LockCycle(id);
    }

    public static async Task<WireTerminal> Enrol(
        RunningServer server,
        HttpClient admin,
        string merchantId,
        int n
    )
    {
        var made = await RunningServer.Post(
            admin,
            "/api/v1/terminals",
            new
            {
                serial = $"SN-{n:D8}",
                merchantId,
                model = "P-100",
            }
        );
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest(
            "CN=terminal",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();
        using var stranger = server.Client(server.TerminalsDoor, null);
        var identity = await RunningServer.Post(
            stranger,
            "/terminal/v1/enrol",
            new { code = made.GetProperty("enrolmentCode").GetString(), csr }
        );
        using var bare = X509Certificate2.CreateFromPem(
            identity.GetProperty("certificate").GetString()
        );
        var certificate = bare.CopyWithPrivateKey(key);
        return new WireTerminal(
            server.Client(server.TerminalsDoor, certificate),
            identity.GetProperty("terminalId").GetString()!
        );
    }

    /// <summary>Writes requests beforehand: a terminal takes its events from its journal, where they lie ready.</summary>
    public void Prepare(int requests)
    {
        while (prepared.Count < requests)
        {
            prepared.Enqueue(WriteRequest());
        }
    }

    /// <summary>Sends everything that is prepared, a request when the one before is acknowledged.</summary>
    public async Task<int> Send()
    {
        var sent = 0;
        while (prepared.TryDequeue(out var body))
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = Json;
            using var answer = await client.PostAsync("/terminal/v1/events", content);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException(
                    $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
                );
            }
            sent += EventsInRequest;
        }
        return sent;
    }

    public void Dispose() => client.Dispose();

    private byte[] WriteRequest()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("events");
        for (var i = 0; i < EventsInRequest; i++)
        {
            var e = events.Next();
            json.WriteStartObject();
            json.WriteNumber("seq", e.Seq);
            json.WriteString("prev", e.Prev);
            json.WriteString("type", e.Type);
            json.WriteString("at", e.At);
            json.WritePropertyName("data");
            json.WriteRawValue(e.Data.GetRawText());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
