using System.CommandLine;
using System.Globalization;
using Tillkeeper.Fleet.Platform;

namespace Tillkeeper.Fleet.Load;

/// <summary><c>fleet lock</c>: enrols and connects simulated terminals, locks them all by selector, says how long it took.</summary>
internal static class SelectorLockCommand
{
    public static Command Make()
    {
        Option<string> people = new("--server")
        {
            Description = "The people's door.",
            DefaultValueFactory = _ => "https://127.0.0.1:8443",
        };
        Option<string> terminals = new("--terminals")
        {
            Description = "The terminals' door.",
            DefaultValueFactory = _ => "https://127.0.0.1:8444",
        };
        Option<FileInfo> ca = new("--ca")
        {
            Description = "The CA's certificate.",
            Required = true,
        };
        Option<FileInfo> key = new("--key-file")
        {
            Description = "File with an API key that may register terminals and order locks.",
            Required = true,
        };
        Option<int> count = new("--count")
        {
            Description = "How many terminals (a process may hold about 20,000 connections).",
            DefaultValueFactory = _ => 2000,
        };
        Command command = new(
            "lock",
            "Lock a fleet of simulated terminals by selector and time it."
        )
        {
            people,
            terminals,
            ca,
            key,
            count,
        };
        command.SetAction(
            async (parsed, stop) =>
            {
                using var doors = new Doors(
                    new Uri(parsed.GetRequiredValue(people)),
                    new Uri(parsed.GetRequiredValue(terminals)),
                    await File.ReadAllTextAsync(parsed.GetRequiredValue(ca).FullName, stop),
                    (
                        await File.ReadAllTextAsync(parsed.GetRequiredValue(key).FullName, stop)
                    ).Trim()
                );
                await Run(doors, parsed.GetValue(count), stop);
                return 0;
            }
        );
        return command;
    }

    private static async Task Run(Doors doors, int count, CancellationToken stop)
    {
        await using var fleet = await ConnectedFleet.Make(
            doors,
            count,
            "SIMULATED",
            n =>
            {
                if (n % 200 == 0)
                {
                    Console.Error.WriteLine($"{n} enrolled");
                }
            },
            stop
        );
        var connecting = await fleet.Connect(stop);
        await Console.Error.WriteLineAsync($"{count} connected in {Seconds(connecting)} s");
        var times = await SelectorLock.Order(doors, fleet, stop);
        await Console.Out.WriteLineAsync(
            $"{times.Terminals} terminals: order answered after {Seconds(times.Accepted)} s, half confirmed after {Seconds(times.Half)} s, all after {Seconds(times.All)} s"
        );
    }

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
