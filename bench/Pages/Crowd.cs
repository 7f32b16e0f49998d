using Microsoft.Extensions.Logging.Abstractions;
using Tillkeeper.Bench.Load;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals.Door;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Bench.Pages;

/// <summary>
/// A fleet in a server's database, made by the command handler while the server rests: shops of a hundred terminals each, every fifth
/// terminal locked, and for each locked one a case and an alert.
/// </summary>
internal static class Crowd
{
    private const int InShop = 100;
    private const int LockedOneIn = 5;
    private const int AtOnce = 32;
    private static readonly Dictionary<long, string> NothingEarlier = [];
    private static readonly DateTimeOffset Opened = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static async Task Gather(string file, int terminals)
    {
        using var database = new Database(file);
        await using var appender = new Appender(
            database,
            new Tail(),
            TimeProvider.System,
            NullLogger<Appender>.Instance,
            problem => Environment.FailFast("The disk failed.", problem)
        );
        // Many shops at once: what arrives together is committed together.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, terminals / InShop),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (shop, _) => await Furnish(appender, shop * InShop)
        );
    }

    private static async Task Furnish(Appender appender, int first)
    {
        var shop = await EnrolledTerminals.Make(appender, InShop, first);
        await Task.WhenAll(
            shop.Where((_, n) => n % LockedOneIn == 0)
                .Select((terminal, n) => Trouble(appender, terminal, first + n))
        );
    }

    private static async Task Trouble(Appender appender, TerminalIdentity terminal, int number)
    {
        var begun = new LockCycle(terminal.Id).Next();
        await appender.Run(
            terminal.Act,
            work => UplinkEndpoint.Decide(work, terminal, [begun], NothingEarlier)
        );
        await appender.Run(
            new Act("person/BENCH00001", "127.0.0.1"),
            work =>
            {
                Open(work, terminal, number);
                return true;
            }
        );
    }

    private static void Open(Work work, TerminalIdentity terminal, int number)
    {
        var id = Ids.New();
        work.Append(
            CaseStreams.Kind,
            id,
            terminal.Id,
            [
                new CaseOpened(
                    id,
                    terminal.Id,
                    terminal.Id,
                    Cause.WrongPassword,
                    WayOut.PasswordReset,
                    new ApplicantRef(Ids.New(), new string('0', 64)),
                    "BENCH00001",
                    false,
                    Opened,
                    Number: $"{number:D7}",
                    Due: Opened.AddHours(number % 48)
                ),
            ]
        );
        Alerts.Raise(
            work,
            new NewAlert("fork", $"fork/{terminal.Id}", Severity.High, "/", terminal.Id)
        );
    }
}
