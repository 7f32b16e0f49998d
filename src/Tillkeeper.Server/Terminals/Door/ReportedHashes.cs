using System.Text.Json;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage;

namespace Tillkeeper.Server.Terminals.Door;

/// <summary>
/// The hashes on record of what a terminal reported earlier, for telling a repeat from a contradiction. Nothing is read in the normal
/// case; a repeat of the last event is answered from the fold; an older one walks back through the stream.
/// </summary>
internal sealed class ReportedHashes(Work work, TerminalState state)
{
    /// <summary>How far back a repeat is still compared; what is older is taken as the repeat that it says it is.</summary>
    private const int MostSteps = 20_000;
    private Dictionary<long, string>? walked;
    private long walkedTo = long.MaxValue;

    public string? Find(long seq)
    {
        if (seq == state.ReportedSeq)
        {
            return state.ReportedHash;
        }
        if (seq < walkedTo)
        {
            Walk(seq);
        }
        return walked!.GetValueOrDefault(seq);
    }

    private void Walk(long downTo)
    {
        walked = [];
        walkedTo = downTo;
        var stream = TerminalStreams.Kind.NameOf(state.Id);
        var place =
            work.Views.Scalar("SELECT last_place FROM streams WHERE stream = $1", stream) as long?
            ?? 0;
        for (var step = 0; place > 0 && step < MostSteps; step++)
        {
            var (type, previous, data) = work
                .Views.Query(
                    "SELECT type, previous, data FROM events WHERE place = $1",
                    r => (r.GetString(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)),
                    place
                )
                .Single();
            if (type == "terminal.enrolled.v1")
            {
                return;
            }
            if (type == "terminal.reported.v1")
            {
                var reported = JsonSerializer.Deserialize(data, CoreJson.Default.TerminalReported)!;
                walked[reported.Seq] = reported.Hash;
                if (reported.Seq <= downTo)
                {
                    return;
                }
            }
            place = previous == 0 ? 0 : Shards.PlaceOf(Shards.ShardAt(place), previous);
        }
    }
}
