using System.Diagnostics;
using Tillkeeper.Bench.Measuring;

namespace Tillkeeper.Bench.Wire;

/// <summary>Terminals that report to a real server over mutual TLS, each on its own connection, as fast as it answers.</summary>
internal sealed class WireLoad : IAsyncDisposable
{
    /// <summary>Enough to saturate two cores: twice as many give nothing more.</summary>
    internal const int Connections = 64;
    private readonly RunningServer server;
    private readonly WireTerminal[] terminals;

    private WireLoad(RunningServer server, WireTerminal[] terminals)
    {
        this.server = server;
        this.terminals = terminals;
    }

    /// <summary>The server's processor time in microseconds an event, over the last run.</summary>
    public double ServerMicroseconds { get; private set; }

    public static async Task<WireLoad> Start(string root, Scratch scratch)
    {
        var (server, admin) = await RunningServer.Start(root, scratch);
        using (admin)
        {
            var merchant = await RunningServer.Post(
                admin,
                "/api/v1/merchants",
                new
                {
                    name = "Corner Shop",
                    identity = new { kind = "credit_code", number = "9144030071526726XG" },
                    contact = new { name = "Li Na", phone = "13800001111" },
                }
            );
            var id = merchant.GetProperty("id").GetString()!;
            var enrolled = new WireTerminal[Connections];
            for (var n = 0; n < Connections; n++)
            {
                enrolled[n] = await WireTerminal.Enrol(server, admin, id, n);
            }
            return new WireLoad(server, enrolled);
        }
    }

    /// <returns>Durable events a second.</returns>
    public async Task<double> Run(int events)
    {
        foreach (var terminal in terminals)
        {
            terminal.Prepare(events / Connections / WireTerminal.EventsInRequest);
        }
        var before = server.Processor;
        var clock = Stopwatch.StartNew();
        var sent = await Task.WhenAll(terminals.Select(t => Task.Run(t.Send)));
        var elapsed = clock.Elapsed;
        ServerMicroseconds = (server.Processor - before).TotalMicroseconds / sent.Sum();
        return sent.Sum() / elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var terminal in terminals)
        {
            terminal.Dispose();
        }
        await server.DisposeAsync();
    }
}
