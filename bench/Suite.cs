using Tillkeeper.Bench.Load;
using Tillkeeper.Bench.Measuring;
using Tillkeeper.Bench.Pages;
using Tillkeeper.Bench.Wire;
using Tillkeeper.Bench.Yardsticks;

namespace Tillkeeper.Bench;

/// <summary>The rows of the table, each with its yardstick and its goal.</summary>
internal sealed class Suite(Options options, Scratch scratch)
{
    private const int Terminals = 1_000;
    private readonly int events = options.Quick ? 10_000 : 60_000;
    private readonly TimeSpan length = TimeSpan.FromSeconds(options.Quick ? 1 : 4);
    private readonly int pairs = options.Quick ? 2 : 5;

    public async Task<IReadOnlyList<Row>> Run()
    {
        List<Row> rows = [];
        if (options.Wants("W1"))
        {
            rows.AddRange(await PageTimes.Run(options, scratch, pairs));
        }
        if (options.Only == "W1")
        {
            return rows;
        }
        // Warm: the first run pays for compiling.
        var rate = await ClosedLoop.Run(scratch, Terminals, events);
        await Raw();
        if (options.Wants("P1"))
        {
            var handler = await AtHandler();
            rate = handler.Ours.Median;
            rows.Add(handler);
            rows.Add(await OverWire());
        }
        if (options.Wants("P2"))
        {
            rows.Add(await Latency(rate / 2));
        }
        return rows;
    }

    private Task<double> Raw() => RawSqlite.Run(scratch, Terminals, events);

    private async Task<Row> AtHandler() =>
        new(
            "P1a",
            "durable lock events at the command handler, 256 in flight; raw SQLite inserts of the same rows, 64 a transaction",
            "events/s",
            1.0,
            true,
            await Turns.Take("P1a", pairs, () => ClosedLoop.Run(scratch, Terminals, events), Raw)
        );

    private async Task<Row> OverWire()
    {
        await using var wire = await WireLoad.Start(options.Root, scratch);
        // The server compiles what is hot while it serves; what is measured is a server that has run for a while.
        await wire.Run(events);
        await wire.Run(events);
        List<double> cost = [];
        var taken = await Turns.Take(
            "P1b",
            pairs,
            async () =>
            {
                var rate = await wire.Run(events);
                cost.Add(wire.ServerMicroseconds);
                return rate;
            },
            () => RawSqlite.Run(scratch, WireLoad.Connections, events, WireTerminal.EventsInRequest)
        );
        return new Row(
            "P1b",
            "the same over mutual TLS, 64 terminals, 16 events a request; raw SQLite inserts of these, 64 a transaction",
            "events/s",
            0.6,
            true,
            taken,
            $"the clients share the machine's cores with the server, which took {Spread.Of(cost).Median:F1} us of processor time an event."
        );
    }

    private async Task<Row> Latency(double perSecond)
    {
        var bytes = (
            await RawSqlite.Seed(Path.Combine(scratch.New(), "sizes.db"), Terminals)
        ).Average(r => r.Size);
        // The yardstick keeps the rate of commits that ours was last seen to make.
        var seen = await OpenLoop.Run(scratch, Terminals, perSecond, length);
        List<double> commits = [];
        var taken = await Turns.Take(
            "P2",
            pairs,
            async () =>
            {
                seen = await OpenLoop.Run(scratch, Terminals, perSecond, length);
                commits.Add(seen.Commits);
                return seen.P99;
            },
            () =>
                Task.FromResult(
                    BareAppend.Run(
                        scratch,
                        seen.Commits,
                        (int)(bytes * perSecond / seen.Commits),
                        length
                    )
                )
        );
        return new Row(
            "P2",
            "p99 of command to durable acknowledgement at half of P1a; p99 of a loop that appends the same bytes and syncs, as often",
            "ms",
            3.0,
            false,
            taken,
            $"{perSecond:F0} events/s came due on schedule, whatever was answered, and made {Spread.Of(commits).Median:F0} commits/s of {bytes * perSecond / Spread.Of(commits).Median:F0} bytes."
        );
    }
}
