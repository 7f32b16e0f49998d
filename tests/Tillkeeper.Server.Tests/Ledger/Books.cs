using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Ledger;

/// <summary>Manual records as a terminal reports them.</summary>
internal static class Books
{
    public const string Book = "7T0000000B";

    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    public static LedgerRecorded Payment(
        long number,
        long amountMinor,
        LedgerMethod method = LedgerMethod.StaticQr,
        double minutes = 0,
        string? reference = null,
        string? note = null,
        long? voids = null
    ) =>
        new(
            $"id-{number}",
            Book,
            number,
            amountMinor,
            method,
            Noon.AddMinutes(minutes),
            Shop.Clock,
            "op-1",
            true,
            note,
            reference,
            voids
        );

    public static string IdOf(DoorTerminal terminal, long number) =>
        $"{terminal.Id}-{Book}-{number}";

    public static async Task<string> States(this TestPerson person, DoorTerminal terminal) =>
        string.Join(
            ' ',
            (await person.Get($"/api/v1/ledger?terminal={terminal.Id}"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(r => $"{r.GetProperty("number")}:{r.GetProperty("state").GetString()}")
        );
}
