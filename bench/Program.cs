using System.Globalization;
using Tillkeeper.Bench;
using Tillkeeper.Bench.Measuring;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
SQLitePCL.Batteries_V2.Init();
return await Options.Parse(args, Measure);

static async Task Measure(Options options)
{
    using var scratch = new Scratch(options.Root);
    var machine = Machine.Describe(scratch.Folder);
    var load = Machine.Load();
    Console.WriteLine($"{machine}; load average {load}");
    var table = Table.Write(await new Suite(options, scratch).Run());
    Console.WriteLine();
    Console.WriteLine(table);
    if (options is { Quick: false, Only: null })
    {
        await File.WriteAllTextAsync(
            Path.Combine(options.Root, "bench", "RESULTS.md"),
            $"""
            # Results

            Written by `bench/run` on {DateTimeOffset.UtcNow:yyyy-MM-dd}. Machine: {machine};
            load average {load} before the start. Each figure is the median of pairs taken in turn, with minimum and maximum; the
            ratio is that of the pairs.

            {table}
            """
        );
    }
}
