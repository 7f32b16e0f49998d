using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Crisis;

/// <summary>Many enrolled terminals of one merchant, and the clockwork of the server, turned by hand.</summary>
internal sealed class SimFleet
{
    private const int AtOnce = 100;
    private readonly RunningServer server;

    private SimFleet(RunningServer server, SimTerminal[] terminals) =>
        (this.server, Terminals) = (server, terminals);

    public SimTerminal[] Terminals { get; }

    public static async Task<SimFleet> Enrol(
        RunningServer server,
        string merchant,
        int count,
        string model = "T1"
    )
    {
        var terminals = Enumerable
            .Range(0, count)
            .Select(_ => new SimTerminal(server, TestTerminal.NewId()))
            .ToArray();
        var appender = server.Services.GetRequiredService<Appender>();
        foreach (var chunk in terminals.Chunk(AtOnce))
        {
            await appender.Run(
                Act.Server,
                work =>
                {
                    foreach (var terminal in chunk)
                    {
                        Enrol(work, terminal.Id, merchant, model);
                    }
                    return true;
                }
            );
        }
        return new SimFleet(server, terminals);
    }

    /// <summary>One turn of everything that happens by itself.</summary>
    public async Task Tick()
    {
        var hosted = server.Services.GetServices<IHostedService>().ToArray();
        await hosted.OfType<BreakerWatch>().Single().Round();
        await hosted.OfType<TimerRounds>().Single().Round();
    }

    /// <summary>Until every change of a policy has become orders.</summary>
    public async Task PoliciesAreOut()
    {
        var rollout = server
            .Services.GetServices<IHostedService>()
            .OfType<PolicyRollout>()
            .Single();
        bool more;
        do
        {
            more = await rollout.Step();
        } while (more);
    }

    /// <summary>Every terminal takes its orders and reports, all at once.</summary>
    public Task SyncAll() => Task.WhenAll(Terminals.Select(t => t.Sync()));

    /// <summary>Every active lock as the server has it: terminal, lock, status.</summary>
    public string[] Locks()
    {
        var states = server.Services.GetRequiredService<States>();
        return
        [
            .. Terminals
                .SelectMany(t =>
                    states
                        .Find(TerminalStreams.Kind, t.Id)!
                        .ActiveLocks.Select(l => $"{t.Id} {l.Id} {l.Cause} {l.Status}")
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Every active lock as the terminals have it.</summary>
    public string[] LocksThere() =>
        [
            .. Terminals
                .SelectMany(t => t.State.Locks.Values.Select(l => $"{t.Id} {l.Lock.Id}"))
                .Order(StringComparer.Ordinal),
        ];

    private static void Enrol(Work work, string id, string merchant, string model)
    {
        ITerminalCommand[] commands =
        [
            new RegisterTerminal(
                id,
                DoorTerminal.NewSerial(),
                new TerminalProfile { MerchantId = merchant, Model = model }
            ),
            new IssueEnrolmentCode($"code {id}", work.Now.AddDays(1)),
            new EnrolTerminal($"code {id}", "key", "serial"),
        ];
        foreach (var command in commands)
        {
            var decided = work.Decide(
                TerminalStreams.Kind,
                id,
                id,
                s => TerminalDecisions.Decide(s, command, work.Now)
            );
            Assert.Null(decided.Refusal);
        }
    }
}
