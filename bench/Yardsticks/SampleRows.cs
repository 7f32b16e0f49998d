using System.Text;
using Tillkeeper.Bench.Load;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Bench.Yardsticks;

/// <summary>What our handler would write for one terminal's next event, made beforehand: nothing is left to do but insert it.</summary>
internal sealed record SampleRow(
    int Shard,
    byte[] Stream,
    byte[] Type,
    byte[] Actor,
    byte[] Source,
    byte[] Data,
    byte[] Hash,
    byte[] State
)
{
    /// <summary>Bytes of both rows; five numbers among them.</summary>
    public int Size =>
        (2 * Stream.Length)
        + Type.Length
        + Actor.Length
        + Source.Length
        + Data.Length
        + Hash.Length
        + State.Length
        + (5 * sizeof(long));

    /// <summary>Two rows a terminal, a lock that begins and the same that ends, in the order of the terminals.</summary>
    public static SampleRow[] Make(IReadOnlyList<TerminalState> terminals)
    {
        var cycles = terminals.Select(t => (State: t, Events: new LockCycle(t.Id))).ToArray();
        var rows = new SampleRow[2 * cycles.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            ref var cycle = ref cycles[i % cycles.Length];
            var happened = cycle.Events.Next();
            cycle.State = TerminalFold.Apply(cycle.State, happened);
            rows[i] = Of(cycle.State, happened);
        }
        return rows;
    }

    /// <summary>The row of the n-th event when each terminal has its turn for some events in a row, beginning and ending its lock.</summary>
    public static SampleRow At(SampleRow[] rows, int n, int inARow)
    {
        var terminals = rows.Length / 2;
        var turn = n / inARow;
        var before = (turn / terminals * inARow) + (n % inARow);
        return rows[(turn % terminals) + (before % 2 * terminals)];
    }

    private static SampleRow Of(TerminalState state, TerminalReported happened)
    {
        var kind = TerminalStreams.Kind;
        return new SampleRow(
            Shards.Of(state.Id),
            Encoding.UTF8.GetBytes(kind.NameOf(state.Id)),
            Encoding.UTF8.GetBytes(kind.Catalogue.NameOf(happened)),
            Encoding.UTF8.GetBytes($"terminal/{state.Id}"),
            "127.0.0.1"u8.ToArray(),
            EventCatalogue.Terminal.Write(happened),
            Convert.FromHexString(happened.Hash),
            kind.WriteState(state)
        );
    }
}
