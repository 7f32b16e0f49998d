using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;
using Lock = Tillkeeper.Core.Locks.Lock;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>A terminal as the server meets it: enrolled with a key of its own, reporting events that are numbered and chained.</summary>
internal sealed class TestTerminal
{
    private readonly HttpClient client;
    private readonly byte[] codeKey;
    private long seq;
    private string head = JournalChain.Genesis;

    private readonly X509Certificate2 identity;

    private TestTerminal(string id, HttpClient client, byte[] codeKey, X509Certificate2 identity) =>
        (Id, this.client, this.codeKey, this.identity) = (id, client, codeKey, identity);

    public string Id { get; }

    /// <summary>The number of the last event it has reported.</summary>
    public long Seq => seq;

    public static async Task<TestTerminal> Enrol(RunningServer server, string merchantId)
    {
        var serial = $"SN{Convert.ToHexString(RandomNumberGenerator.GetBytes(6))}";
        var registered = await server.Admin.Post(
            "/api/v1/terminals",
            new
            {
                serial,
                merchantId,
                model = "T1",
            }
        );
        var code = registered.Expect(201).Text("enrolmentCode");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest(
            "CN=terminal",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();
        using var stranger = server.Client(server.Terminals);
        using var response = await stranger.PostAsJsonAsync(
            "/terminal/v1/enrol",
            new { code, csr }
        );
        var enrolled = (await Answer.Of(response)).Expect(201);
        using var certificate = X509Certificate2.CreateFromPem(enrolled.Text("certificate"));
        var identity = certificate.CopyWithPrivateKey(key);
        return new TestTerminal(
            registered.Text("id"),
            server.Client(server.Terminals, identity: identity),
            Base64Url.DecodeFromChars(enrolled.Text("codeKey")),
            identity
        );
    }

    /// <summary>A text signed with the terminal's own key, as another terminal's if that is asked for.</summary>
    public string Sign(string typ, byte[] payload, string? asTerminal = null)
    {
        var input = Jws.InputFor(asTerminal ?? Id, typ, payload);
        using var key = identity.GetECDsaPrivateKey()!;
        return Jws.Compose(
            input,
            key.SignData(
                input,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );
    }

    /// <summary>Begins a lock of its own and reports it; returns the lock's id.</summary>
    public async Task<string> Lock(Cause cause)
    {
        var id = NewId();
        await Report(new LockBegun(Raised(id, cause), Clock));
        return id;
    }

    /// <summary>Both in one breath: the server cannot have said anything to it in between.</summary>
    public async Task<string> LockAndEnd(Cause cause, WayOut by)
    {
        var id = NewId();
        await Report(new LockBegun(Raised(id, cause), Clock), new LockEnded(id, by, Clock));
        return id;
    }

    public Task End(string lockId, WayOut by) => Report(new LockEnded(lockId, by, Clock));

    public async Task Report(params IDeviceEvent[] events)
    {
        List<object> sent = [];
        foreach (var happened in events)
        {
            var data = EventCatalogue.Device.Write(happened);
            var type = EventCatalogue.Device.NameOf(happened);
            var at = UtcTimeJson.Write(DateTimeOffset.UnixEpoch);
            var prev = head;
            head = JournalChain.Hash(prev, ++seq, type, at, data);
            sent.Add(
                new
                {
                    seq,
                    prev,
                    type,
                    at,
                    data = JsonSerializer.Deserialize<JsonElement>(data),
                }
            );
        }
        using var response = await client.PostAsJsonAsync(
            "/terminal/v1/events",
            new { events = sent }
        );
        (await Answer.Of(response)).Expect(200);
    }

    /// <summary>The kinds of the orders it has been given, oldest first.</summary>
    public async Task<string[]> Orders()
    {
        using HttpRequestMessage request = new(
            HttpMethod.Get,
            "/terminal/v1/orders?after=0&wait=PT0S"
        );
        request.Headers.Accept.Add(new("application/json"));
        using var response = await client.SendAsync(request);
        var answer = (await Answer.Of(response)).Expect(200);
        return
        [
            .. answer
                .Json.GetProperty("orders")
                .EnumerateArray()
                .Select(o => KindOf(o.GetProperty("jws").GetString()!)),
        ];
    }

    /// <summary>What its screen shows for a lock, as somebody reads it out over the phone.</summary>
    public string Challenge(string lockId, Cause cause) =>
        Crockford.Grouped(Shown(lockId, cause).Text(codeKey)).ToLowerInvariant();

    /// <summary>The code it would accept for a challenge.</summary>
    public string Accepts(string challenge, CodeEffect effect) =>
        OfflineCode.Compute(codeKey, Crockford.Normalise(challenge)!, effect);

    public static string NewId() => Crockford.Id(RandomNumberGenerator.GetBytes(7));

    private static DeviceTime Clock { get; } = new("boot", 1000, null);

    private Challenge Shown(string lockId, Cause cause) =>
        new(cause, Id, lockId, NewId()[..Core.Codes.Challenge.NonceLength]);

    private static Lock Raised(string id, Cause cause) =>
        new()
        {
            Id = id,
            Cause = cause,
            Subject =
                cause == Cause.WrongPassword ? Subject.OfOperator("operator-1") : Subject.Terminal,
            Scope = LockTable.Of(cause).Scope,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = DateTimeOffset.UnixEpoch,
            WaysOut = LockTable.Of(cause).WaysOut,
            Evidence = new Evidence("operator-1", 5),
        };

    private static string KindOf(string jws) =>
        JsonDocument
            .Parse(Base64Url.DecodeFromChars(jws.Split('.')[1]))
            .RootElement.GetProperty("kind")
            .GetString()!;
}
