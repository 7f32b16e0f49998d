using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals.Door;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Crisis;

/// <summary>
/// A terminal that decides as a real one does, by the same pure core, and whose words go through the server's own uplink and order book;
/// only TLS is left out, so that there can be a thousand of them.
/// </summary>
internal sealed class SimTerminal(RunningServer server, string id)
{
    private static readonly DeviceTime Clock = new("boot", 1000);
    private readonly TerminalIdentity identity = new(id, 1, null!, "198.51.100.7");
    private readonly List<IDeviceEvent> unreported = [];
    private Line? last;

    public string Id => id;
    public DeviceState State { get; private set; } = new() { Terminal = id, Epoch = 1 };

    public void Obey(Policy policy) => State = State with { Policy = policy };

    public void Start(string version) => Do(new Start(version, TestTerminal.NewId()));

    /// <summary>A rule finds something; what comes of it is the policy's to say.</summary>
    public FindingEffect? Find(RuleName rule, string? part = null)
    {
        Do(new Find(rule, Evidence.None, TestTerminal.NewId(), part));
        return State.Findings.GetValueOrDefault(Finding.KeyOf(rule, part))?.Effect;
    }

    public void Say(params ReadOnlySpan<IDeviceEvent> events)
    {
        foreach (var happened in events)
        {
            State = DeviceFold.Apply(State, happened);
            unreported.Add(happened);
        }
    }

    /// <summary>Takes the orders that wait for it, then reports everything.</summary>
    public async Task Sync()
    {
        var book = server.Services.GetRequiredService<OrderBook>();
        foreach (var order in book.After(id, 1, State.LastOrder))
        {
            Do(new ApplyOrder(Read(order.Jws)));
        }
        await Report();
    }

    private async Task Report()
    {
        if (unreported.Count == 0)
        {
            return;
        }
        List<TerminalReported> sent = [];
        foreach (var happened in unreported)
        {
            var type = EventCatalogue.Device.NameOf(happened);
            var data = Encoding.UTF8.GetString(EventCatalogue.Device.Write(happened));
            last = Line.After(last, type, data);
            sent.Add(
                new TerminalReported(
                    last.Seq,
                    last.Prev,
                    last.Hash,
                    type,
                    last.At,
                    JsonElement.Parse(data)
                )
            );
        }
        unreported.Clear();
        var (_, refusal) = await server
            .Services.GetRequiredService<Appender>()
            .Run(
                identity.Act,
                work => UplinkEndpoint.Decide(work, identity, sent, new Dictionary<long, string>())
            );
        Assert.Null(refusal);
    }

    private void Do(IDeviceCommand command) =>
        Say([
            .. DeviceDecisions
                .Decide(State, command, new DeviceNow(Clock, DateTimeOffset.UtcNow))
                .Events,
        ]);

    private static Order Read(string jws) =>
        JsonSerializer.Deserialize(Jws.Parse(jws)!.Payload, CoreJson.Default.Order)!;
}
