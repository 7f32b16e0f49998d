using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Fleet.Platform;

namespace Tillkeeper.Fleet.Terminals;

/// <summary>
/// A terminal as the server meets it: a key and a connection of its own, the real fold and the real decisions, its journal in memory.
/// It verifies and applies every order, and reports what became of it.
/// </summary>
internal sealed class SimulatedTerminal : IDisposable
{
    private readonly HttpClient client;
    private readonly X509Certificate2 certificate;
    private readonly MemoryJournal journal = new();
    private readonly SimulatedClock clock = new();
    private readonly TaskCompletionSource connected = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>One command at a time, as in the till of an agent: an order may come while somebody types.</summary>
    private readonly SemaphoreSlim one = new(1, 1);
    private KeySet keys;

    private SimulatedTerminal(
        Doors doors,
        X509Certificate2 certificate,
        Identity identity,
        KeySet keys
    )
    {
        this.certificate = certificate;
        this.keys = keys;
        client = doors.Terminal(certificate);
        CaPem = doors.CaPem;
        State = DeviceState.Empty with
        {
            Terminal = identity.TerminalId,
            Epoch = identity.Epoch,
            Policy = identity.Policy,
            KeySet = identity.OrderKeys,
            KeySetVersion = keys.Version,
        };
    }

    public string Id => State.Terminal;

    public DeviceState State { get; private set; }

    /// <summary>Done when the server has greeted.</summary>
    public Task Connected => connected.Task;

    private string CaPem { get; }

    /// <summary>Enrols with a code, as any terminal does: the key never leaves it.</summary>
    public static async Task<SimulatedTerminal> Enrol(
        Doors doors,
        string code,
        CancellationToken stop
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest(
            "CN=terminal",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();
        var identity = await Identity.Ask(doors, code, csr, stop);
        using var bare = X509Certificate2.CreateFromPem(identity.Certificate);
        using var ca = X509Certificate2.CreateFromPem(doors.CaPem);
        using var caKey = ca.GetECDsaPublicKey()!;
        var inForce =
            KeySet.Open(identity.OrderKeys, caKey)
            ?? throw new CryptographicException("The key set is not signed by the CA.");
        return new SimulatedTerminal(doors, bare.CopyWithPrivateKey(key), identity, inForce);
    }

    /// <summary>Follows its orders until told to stop, and starts again where it was when the connection breaks.</summary>
    public async Task Run(CancellationToken stop)
    {
        await Do(new Start("simulated", NewId()), stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Follow(stop);
            }
            catch (Exception e)
                when (e is HttpRequestException or IOException && !stop.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Decides, journals, applies and reports, as an agent does.</summary>
    public async Task<Core.Refusal?> Do(IDeviceCommand command, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            var decision = DeviceDecisions.Decide(State, command, clock.Now);
            foreach (var happened in decision.Events)
            {
                journal.Add(happened);
                State = DeviceFold.Apply(State, happened);
            }
            await journal.Report(client, stop);
            return decision.Refusal;
        }
        finally
        {
            one.Release();
        }
    }

    public static string NewId() => Core.Codes.Crockford.Id(RandomNumberGenerator.GetBytes(7));

    public void Dispose()
    {
        client.Dispose();
        certificate.Dispose();
        one.Dispose();
    }

    private async Task Follow(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/terminal/v1/orders");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add(
            "Last-Event-ID",
            State.LastOrder.ToString(CultureInfo.InvariantCulture)
        );
        using var answer = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            stop
        );
        await Doors.Expect(answer, "/terminal/v1/orders", stop);
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(stop))
        {
            switch (item.EventType)
            {
                case "hello":
                    connected.TrySetResult();
                    break;
                case "order":
                    await Take(item.Data, stop);
                    break;
            }
        }
    }

    private async Task Take(string jws, CancellationToken stop)
    {
        var (order, refusal) = OrderEnvelope.Open(jws, keys);
        if (order is null)
        {
            throw new CryptographicException($"An order was not accepted: {refusal!.Code}.");
        }
        KeySet? set = null;
        if (order is { Kind: OrderKind.KeySet, KeySet: { } text })
        {
            using var ca = X509Certificate2.CreateFromPem(CaPem);
            using var caKey = ca.GetECDsaPublicKey()!;
            set = KeySet.Open(text, caKey);
        }
        if (await Do(new ApplyOrder(order, set), stop) is null && set is not null)
        {
            keys = set;
        }
    }
}
