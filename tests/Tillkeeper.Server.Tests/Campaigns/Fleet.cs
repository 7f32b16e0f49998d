using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Campaigns;

/// <summary>Some enrolled terminals of one merchant, and what a fleet manager does with them.</summary>
internal sealed class Fleet : IDisposable
{
    private Fleet(RunningServer server, string merchant, IReadOnlyList<DoorTerminal> terminals)
    {
        Server = server;
        Merchant = merchant;
        Terminals = terminals;
    }

    public RunningServer Server { get; }
    public string Merchant { get; }
    public IReadOnlyList<DoorTerminal> Terminals { get; }
    public TestPerson Manager => Server.Admin;

    public static async Task<Fleet> Enrol(RunningServer server, int many, string name = "Chain")
    {
        var merchant = await Shop.NewMerchant(server, null, name);
        List<DoorTerminal> terminals = [];
        for (var i = 0; i < many; i++)
        {
            terminals.Add(await DoorTerminal.Enrol(server, merchant));
        }
        return new Fleet(server, merchant, terminals);
    }

    public async Task<string> Store(string version, byte[]? content = null)
    {
        var stored = await Manager.Put(
            $"/api/v1/artifacts?name=till&version={version}&org={Merchant}",
            content ?? Encoding.UTF8.GetBytes($"till {version}")
        );
        return stored.Expect(201).Text("id");
    }

    public object Campaign(string artifact, params object[] groups) =>
        new
        {
            name = "Update of the tills",
            artifact,
            selector = new { merchantId = Merchant },
            groups = groups.Length == 0 ? [Group(1, 1, 1)] : groups,
        };

    public static object Group(double share, double success, double error) =>
        new
        {
            share,
            success,
            error,
        };

    /// <summary>Makes a campaign and lets it offer what it offers at once.</summary>
    public async Task<string> Start(string artifact, params object[] groups)
    {
        var made = await Manager.Post("/api/v1/campaigns", Campaign(artifact, groups));
        var id = made.Expect(201).Text("id");
        await Rounds();
        return id;
    }

    /// <summary>What happens by itself, now.</summary>
    public async Task Rounds()
    {
        var rounds = Server.Services.GetServices<IHostedService>().OfType<TimerRounds>().Single();
        for (var i = 0; i < 3; i++)
        {
            // A timer is due a millisecond after what set it.
            await Task.Delay(3);
            await rounds.Round();
        }
    }

    public async Task<Answer> Show(string campaign) =>
        (await Manager.Get($"/api/v1/campaigns/{campaign}")).Expect(200);

    /// <summary>Where each terminal stands, e.g. <c>done</c>, by its id.</summary>
    public async Task<Dictionary<string, string>> Steps(string campaign) =>
        (await Manager.Get($"/api/v1/campaigns/{campaign}/terminals?limit=200"))
            .Expect(200)
            .Json.GetProperty("items")
            .EnumerateArray()
            .ToDictionary(
                t => t.GetProperty("terminal").GetString()!,
                t => t.GetProperty("step").GetString()!,
                StringComparer.Ordinal
            );

    public async Task<IReadOnlyList<DoorTerminal>> At(string campaign, string step)
    {
        var steps = await Steps(campaign);
        return [.. Terminals.Where(t => steps.GetValueOrDefault(t.Id) == step)];
    }

    /// <summary>The terminal takes its orders and says how its update came out.</summary>
    public static async Task Report(
        DoorTerminal terminal,
        string campaign,
        UpdateStep step,
        string? code = null,
        TimeSpan? took = null
    )
    {
        await Take(terminal);
        await terminal.Report(
            new UpdateStepped(campaign, step, Shop.Clock, Code: code, Took: took)
        );
    }

    public static async Task Take(DoorTerminal terminal)
    {
        var orders = await terminal.Orders(terminal.Taken);
        foreach (var order in orders)
        {
            await terminal.Report(new OrderApplied(order.Number, order.Kind, order.LockId));
            terminal.Taken = order.Number;
        }
    }

    /// <summary>The last update that was ordered.</summary>
    public static async Task<OrderedUpdate> Ordered(DoorTerminal terminal) =>
        (await terminal.Orders()).Last(o => o.Kind == OrderKind.Update).Update!;

    public void Dispose()
    {
        foreach (var terminal in Terminals)
        {
            terminal.Dispose();
        }
    }
}
