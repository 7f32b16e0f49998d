using System.CommandLine;
using System.Globalization;

namespace Tillkeeper.Fleet.Worlds;

/// <summary><c>fleet honest</c>: a million valid actions, and the locks that came of them; none may (R7).</summary>
internal static class HonestShopCommand
{
    public static Command Make()
    {
        Option<long> actions = new("--actions")
        {
            Description = "How many valid actions.",
            DefaultValueFactory = _ => 1_000_000,
        };
        Option<int> seed = new("--seed")
        {
            Description = "The same seed gives the same run.",
            DefaultValueFactory = _ => 1,
        };
        Option<bool> halved = new("--halved")
        {
            Description = "With every threshold halved: then locks must appear.",
        };
        Command command = new("honest", "Live honest days and count the locks nobody deserved.")
        {
            actions,
            seed,
            halved,
        };
        command.SetAction(parsed =>
        {
            var run = HonestShop.Run(
                parsed.GetValue(seed),
                parsed.GetValue(actions),
                parsed.GetValue(halved) ? StrictPolicy.Halved : StrictPolicy.Locking,
                done => Console.Error.WriteLine(done.ToString("N0", CultureInfo.InvariantCulture))
            );
            Console.Write(run.Tally.ToString());
            foreach (var (what, count) in run.Locks.CountBy(l => (l.Code, l.Evidence.Rule)))
            {
                Console.WriteLine($"{count} locks {what.Code} {what.Rule}");
            }
            foreach (var first in run.Locks.DistinctBy(l => (l.Code, l.Evidence.Rule)))
            {
                Console.WriteLine($"for example {first.Code} at {first.Since:u}: {Facts(first)}");
            }
            Console.WriteLine($"{run.Tally.Total} valid actions, {run.Locks.Count} false locks");
            return run.Locks.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static string Facts(Lock l) =>
        l.Evidence.Facts is { } facts
            ? string.Join(", ", facts.Select(f => $"{f.Key} {f.Value}"))
            : $"{l.Evidence.Attempts} attempts";
}
