using System.Diagnostics;

namespace Tillkeeper.Bench.Measuring;

/// <summary>
/// Ours and the yardstick in turn: whatever else the machine does hits both. The order changes from pair to pair, and before each
/// measurement everything dirty is written out and the disk is left alone for a moment.
/// </summary>
internal static class Turns
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Pair>> Take(
        string name,
        int pairs,
        Func<Task<double>> ours,
        Func<Task<double>> yardstick
    )
    {
        List<Pair> taken = [];
        for (var i = 0; i < pairs; i++)
        {
            var oursFirst = i % 2 == 0;
            var first = await Settled(oursFirst ? ours : yardstick);
            var second = await Settled(oursFirst ? yardstick : ours);
            taken.Add(oursFirst ? new Pair(first, second) : new Pair(second, first));
            Console.WriteLine(
                $"  {name} pair {i + 1}: ours {taken[^1].Ours:N1}, yardstick {taken[^1].Yardstick:N1}, ratio {taken[^1].Ratio:F2}"
            );
        }
        return taken;
    }

    private static async Task<double> Settled(Func<Task<double>> measure)
    {
        using (var sync = Process.Start("/bin/sync"))
        {
            await sync.WaitForExitAsync();
        }
        await Task.Delay(Pause);
        return await measure();
    }
}
