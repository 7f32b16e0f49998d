namespace Tillkeeper.Cli.Tests;

public sealed class ExportTests
{
    private const string Orders = """{"orders":["aaa.bbb.ccc","ddd.eee.fff"]}""";

    [Fact]
    public async Task Orders_are_written_as_the_terminal_takes_them()
    {
        using var place = new Place();
        place.Write("orders.json", "older");
        await using var server = await TestServer.AnsweringAsync(Orders);

        var outcome = await place.RunAsync(server, "order", "export", "t1", "--out", "orders.json");

        Assert.Equal(new Outcome(0, "2 orders are in orders.json.\n", ""), outcome);
        Assert.Equal(Orders, place.Read("orders.json"));
        Assert.False(place.Has("orders.json.part"));
    }

    [Fact]
    public async Task Nothing_is_written_when_no_orders_came()
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync("""{"items":[]}""");

        var outcome = await place.RunAsync(server, "order", "export", "t1", "--out", "orders.json");

        Assert.Equal(3, outcome.ExitCode);
        Assert.False(place.Has("orders.json"));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_a_usage_error()
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync(Orders);

        var outcome = await place.RunAsync(
            server,
            "order",
            "export",
            "t1",
            "--out",
            "absent/orders.json"
        );

        Assert.Equal(2, outcome.ExitCode);
    }
}
