using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Audit;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Audit;

/// <summary>
/// Heads of the log kept outside the database: one line each, <c>shard seq hash time mac</c>, keyed with the master key, so that nobody without
/// it can write one. A copy of this file on another machine finds even a log and a checkpoint file that were cut together.
/// </summary>
internal sealed class CheckpointFile(string path, IKeys keys)
{
    private const string Purpose = "audit-checkpoint";

    public void Append(Checkpoint checkpoint)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"{checkpoint.Shard} {checkpoint.Seq} {checkpoint.Hash} {UtcTimeJson.Write(checkpoint.At)}"
        );
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.ASCII.GetBytes($"{body} {Mac(body)}\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Every checkpoint, and the first line that nobody with the key has written.</summary>
    public (IReadOnlyList<Checkpoint> Checkpoints, BadPlace? Problem) Read()
    {
        if (!File.Exists(path))
        {
            return ([], null);
        }
        List<Checkpoint> found = [];
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (Parse(lines[i]) is { } checkpoint)
            {
                found.Add(checkpoint);
            }
            else if (i < lines.Length - 1)
            {
                // The very last line may be half written: the power was cut.
                return (
                    found,
                    new BadPlace(0, 0, $"line {i + 1} of the checkpoint file was altered")
                );
            }
        }
        return (found, null);
    }

    private Checkpoint? Parse(string line)
    {
        if (line.Split(' ') is not [var shard, var seq, var hash, var at, var mac])
        {
            return null;
        }
        var genuine = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(mac),
            Encoding.ASCII.GetBytes(Mac($"{shard} {seq} {hash} {at}"))
        );
        return genuine
            ? new Checkpoint(
                int.Parse(shard, CultureInfo.InvariantCulture),
                long.Parse(seq, CultureInfo.InvariantCulture),
                hash,
                DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)
            )
            : null;
    }

    private string Mac(string body) =>
        Convert.ToHexStringLower(keys.Commit(Encoding.ASCII.GetBytes(body), Purpose));
}
