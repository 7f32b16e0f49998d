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

    /// <summary>The shop with a manual record and a settlement file.</summary>
    public static async Task<Shop> Keep(RunningServer server, Shop shop)
    {
        await shop.Terminal.Report(Payment(1, 2850));
        (await server.Admin.PutJson("/api/v1/settlement-mappings/unionpay", Mapping)).Expect(204);
        var made = await server.Admin.Client.Ask(
            new HttpRequestMessage(
                HttpMethod.Post,
                $"/api/v1/settlements?merchant={shop.Merchant}&acquirer=unionpay&name=day.csv"
            )
            {
                Content = new StringContent("time,amount\n2026-11-20 12:00:00,28.50\n"),
            }
        );
        return shop with { Settlement = made.Expect(201).Text("id") };
    }

    public static object Mapping { get; } = new
    {
        time = "time",
        amount = "amount",
        timeFormat = "yyyy-MM-dd HH:mm:ss",
        zone = "Asia/Shanghai",
    };

    public static async Task<string> States(this TestPerson person, DoorTerminal terminal) =>
        string.Join(
            ' ',
            (await person.Get($"/api/v1/ledger?terminal={terminal.Id}"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .OrderBy(r => r.GetProperty("number").GetInt64())
                .Select(r => $"{r.GetProperty("number")}:{r.GetProperty("state").GetString()}")
        );
}
