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

    /// <summary>Longer than any line can be: five numbers, dates and hashes.</summary>
    private const int LongestLine = 512;

    public void Append(Checkpoint checkpoint)
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $"{checkpoint.Shard} {checkpoint.Seq} {checkpoint.Hash} {UtcTimeJson.Write(checkpoint.At)}"
        );
        using var file = new FileStream(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read
        );
        // What a power cut left half written would otherwise spoil the line that follows it.
        file.SetLength(EndOfLastLine(file));
        file.Position = file.Length;
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
        var lines = File.ReadAllText(path).Split('\n');
        // After the last line break there is nothing, or a line that was half written when the power was cut.
        foreach (var (i, line) in lines.SkipLast(1).Index())
        {
            if (Parse(line) is not { } checkpoint)
            {
                return (
                    found,
                    new BadPlace(0, 0, $"line {i + 1} of the checkpoint file was altered")
                );
            }
            found.Add(checkpoint);
        }
        return (found, null);
    }

    private static long EndOfLastLine(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, LongestLine)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        return file.Length - tail.Length + tail.AsSpan().LastIndexOf((byte)'\n') + 1;
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
