using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>
/// A terminal reduced to what goes over the wire at the terminals' door: every request can be bent by the test, nothing is hidden. It
/// remembers what it has sent, so that the next event continues the chain.
/// </summary>
internal sealed class DoorTerminal : IDisposable
{
    private readonly RunningServer server;

    private DoorTerminal(RunningServer server, string id, string code, ECDsa key) =>
        (this.server, Id, Code, Key) = (server, id, code, key);

    public string Id { get; }
    public string Code { get; }
    public ECDsa Key { get; }
    public Answer Enrolment { get; private set; } = null!;
    public X509Certificate2 Certificate { get; private set; } = null!;
    public HttpClient Http { get; private set; } = null!;
    public KeySet OrderKeys { get; private set; } = null!;

    /// <summary>The number of the last order it has taken.</summary>
    public long Taken { get; set; }

    /// <summary>The last event it has sent.</summary>
    public Line? Last { get; set; }

    public static string NewSerial() =>
        $"SN{Convert.ToHexString(RandomNumberGenerator.GetBytes(6))}";

    public static string Csr(ECDsa key) =>
        new CertificateRequest(
            "CN=terminal",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Registers a terminal; nothing has enrolled yet.</summary>
    public static async Task<DoorTerminal> Register(
        RunningServer server,
        string merchantId,
        string? serial = null,
        string model = "T1"
    )
    {
        var made = await server.Admin.Post(
            "/api/v1/terminals",
            new
            {
                serial = serial ?? NewSerial(),
                merchantId,
                model,
            }
        );
        made.Expect(201);
        return new DoorTerminal(server, made.Text("id"), made.Text("enrolmentCode"), NewKey());
    }

    public static async Task<DoorTerminal> Enrol(
        RunningServer server,
        string merchantId,
        string? serial = null,
        string model = "T1"
    )
    {
        var terminal = await Register(server, merchantId, serial, model);
        (await terminal.Enrol(terminal.Code)).Expect(201);
        return terminal;
    }

    /// <summary>Enrols with a code, and is somebody from then on when it worked.</summary>
    public async Task<Answer> Enrol(string code)
    {
        var answer = await EnrolAt(server, code, Csr(Key));
        if (answer.Status == 201)
        {
            Become(X509Certificate2.CreateFromPem(answer.Text("certificate")));
            Last = null;
            Enrolment = answer;
            using var ca = X509Certificate2.CreateFromPem(answer.Text("ca"));
            using var caKey = ca.GetECDsaPublicKey()!;
            OrderKeys = KeySet.Open(answer.Text("orderKeys"), caKey)!;
        }
        return answer;
    }

    public static async Task<Answer> EnrolAt(RunningServer server, string? code, string? csr)
    {
        using var stranger = server.Client(server.Terminals);
        using var response = await stranger.PostAsJsonAsync(
            "/terminal/v1/enrol",
            new { code, csr }
        );
        return await Answer.Of(response);
    }

    /// <summary>Shows this certificate from now on, on new connections.</summary>
    public void Become(X509Certificate2 certificate)
    {
        Certificate = certificate.HasPrivateKey ? certificate : certificate.CopyWithPrivateKey(Key);
        Http?.Dispose();
        Http = server.Client(server.Terminals, identity: Certificate);
    }

    public async Task<Answer> Renew(string? csr = null)
    {
        using var response = await Http.PostAsJsonAsync(
            "/terminal/v1/renew",
            new { csr = csr ?? Csr(Key) }
        );
        return await Answer.Of(response);
    }

    public async Task<Answer> Heartbeat(string? nonce = "n-1")
    {
        using var response = await Http.PostAsJsonAsync("/terminal/v1/heartbeat", new { nonce });
        return await Answer.Of(response);
    }

    /// <summary>Sends events as they are, remembers nothing.</summary>
    public Task<Answer> Send(params Line[] lines) =>
        SendText($$"""{"events":[{{string.Join(',', lines.Select(l => l.Json))}}]}""");

    public async Task<Answer> SendText(string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync("/terminal/v1/events", content);
        return await Answer.Of(response);
    }

    /// <summary>Reports events of Core, continuing the chain.</summary>
    public async Task Report(params IDeviceEvent[] events)
    {
        List<Line> lines = [];
        foreach (var happened in events)
        {
            Last = Line.After(
                Last,
                EventCatalogue.Device.NameOf(happened),
                Encoding.UTF8.GetString(EventCatalogue.Device.Write(happened))
            );
            lines.Add(Last);
        }
        (await Send([.. lines])).Expect(200);
    }

    public async Task<Answer> Poll(long after = 0, string wait = "PT0S")
    {
        using HttpRequestMessage request = new(
            HttpMethod.Get,
            $"/terminal/v1/orders?after={after}&wait={wait}"
        );
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>The orders waiting after a number, their signatures verified.</summary>
    public async Task<IReadOnlyList<Order>> Orders(long after = 0, string wait = "PT0S")
    {
        var answer = (await Poll(after, wait)).Expect(200);
        return
        [
            .. answer
                .Json.GetProperty("orders")
                .EnumerateArray()
                .Select(o => Open(o.GetProperty("jws").GetString()!)),
        ];
    }

    public Order Open(string jws)
    {
        var (order, refusal) = OrderEnvelope.Open(jws, OrderKeys);
        Assert.Null(refusal);
        return order!;
    }

    /// <summary>Takes every order that waits, and reports each as applied.</summary>
    public async Task ApplyAll()
    {
        var orders = await Orders();
        await Report([.. orders.Select(o => new OrderApplied(o.Number, o.Kind, o.LockId))]);
    }

    public Task<OrderStream> Stream(string? lastEventId = null) =>
        OrderStream.Open(Http, lastEventId);

    public byte[] CodeKey => Base64Url.DecodeFromChars(Enrolment.Text("codeKey"));

    public void Dispose()
    {
        Http?.Dispose();
        Certificate?.Dispose();
        Key.Dispose();
    }
}
