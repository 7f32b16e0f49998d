using System.Diagnostics;
using Tillkeeper.Bench.Load;
using Tillkeeper.Bench.Measuring;

namespace Tillkeeper.Bench.Yardsticks;

/// <summary>
/// What the disk itself can do: a loop that appends bytes to a file and syncs it, at a steady rate of commits. Each append counts from
/// where it begins: on a busy disk the loop cannot keep the rate, and its backlog must not speak for us.
/// </summary>
internal static class BareAppend
{
    /// <returns>The 99th percentile from when an append begins until it is durable, in milliseconds.</returns>
    public static double Run(Scratch scratch, double commits, int bytesEach, TimeSpan length)
    {
        var bytes = new byte[bytesEach];
        Random.Shared.NextBytes(bytes);
        var latencies = new long[(int)(commits * length.TotalSeconds)];
        using var file = File.OpenHandle(
            Path.Combine(scratch.New(), "bare"),
            FileMode.CreateNew,
            FileAccess.Write
        );
        var end = 0L;
        Schedule.Keep(
            commits,
            latencies.Length,
            (i, _) =>
            {
                var began = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, end);
                end += bytes.Length;
                RandomAccess.FlushToDisk(file);
                latencies[i] = Stopwatch.GetTimestamp() - began;
            }
        );
        return Schedule.P99(latencies);
    }
}
