using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tillkeeper.Bench.Load;

/// <summary>
/// Arrivals at a steady rate that wait for nobody. Latency counts from the scheduled moment, so that a stall is paid by everything
/// that was due during it.
/// </summary>
internal static partial class Schedule
{
    private const long Nap = 50_000;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>Calls <paramref name="due"/> with each number and its scheduled timestamp, on the calling thread.</summary>
    public static void Keep(double perSecond, int count, Action<int, long> due)
    {
        var step = Stopwatch.Frequency / perSecond;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var scheduled = start + (long)(i * step);
            while (Stopwatch.GetTimestamp() < scheduled)
            {
                // Thread.Sleep knows nothing below a millisecond, and spinning would take a core from what is measured.
                var nap = new TimeSpec { Nanoseconds = Nap };
                _ = Sleep(in nap, IntPtr.Zero);
            }
            due(i, scheduled);
        }
    }

    /// <summary>The 99th percentile of latencies in ticks of <see cref="Stopwatch"/>, in milliseconds.</summary>
    public static double P99(long[] ticks)
    {
        Array.Sort(ticks);
        return ticks[(int)(ticks.Length * 0.99)] * 1000.0 / Stopwatch.Frequency;
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in TimeSpec time, IntPtr remaining);
}
