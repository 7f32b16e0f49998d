using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Tests.Orders;

/// <summary>B3, B7: only our own orders, each once and in its turn, between transactions.</summary>
public sealed class OrderInboxTests
{
    private const string A = "A0A0A0A0A0";
    private const string B = "B0B0B0B0B0";

    [Fact]
    public async Task Orders_by_hand_are_the_same_orders_by_the_same_door()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var answer = await ByHandAsync(
            terminal,
            terminal.Server.Next(o => o.Locking(A)),
            terminal.Server.Next(o => o.Locking(B), ahead: 1),
            terminal.Server.Next(o => o.Releasing(A), ahead: 2)
        );

        Assert.Equal(3, answer.Body.GetProperty("applied").GetInt32());
        Assert.Empty(Refused(answer));
        var standing = Assert.Single(await terminal.LocksAsync());
        Assert.Equal(B, standing.GetProperty("id").GetString());
        Assert.Equal("confirmed", standing.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_replayed_release_ends_nothing()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var server = terminal.Server;
        var release = server.Next(o => o.Releasing(A), ahead: 1);
        await ByHandAsync(terminal, server.Next(o => o.Locking(A)), release);
        await ByHandAsync(terminal, server.Next(o => o.Locking(A), ahead: 2));

        var answer = await ByHandAsync(terminal, release, release);

        Assert.Equal([(2L, "replayed_order"), (2L, "replayed_order")], Refused(answer));
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task Foreign_forged_and_out_of_turn_orders_change_nothing()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await using var stranger = await TestServer.StartAsync();
        var server = terminal.Server;
        await ByHandAsync(terminal, server.Next(o => o.Locking(A)));
        var genuine = server.Next(o => o.Releasing(A), ahead: 1);
        var altered = genuine[..^4] + (genuine[^4] == 'A' ? 'B' : 'A') + genuine[^3..];

        var answer = await ByHandAsync(
            terminal,
            server.Next(o => o.Releasing(A) with { Terminal = "X0X0X0X0X0" }, ahead: 1),
            server.Next(o => o.Releasing(A) with { Epoch = 2 }, ahead: 1),
            server.Next(o => o.Releasing(A), ahead: 2),
            stranger.Next(o => o.Releasing(A), ahead: 1),
            altered,
            "not.an.order",
            ""
        );

        Assert.Equal(
            [
                "foreign_order",
                "foreign_epoch",
                "order_out_of_turn",
                "bad_signature",
                "bad_signature",
                "malformed_order",
                "malformed_order",
            ],
            Refused(answer).Select(r => r.Code)
        );
        Assert.Equal(1, terminal.Till.State.LastOrder);
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_way_out_that_the_lock_does_not_have_is_used_up_without_effect()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var answer = await ByHandAsync(
            terminal,
            terminal.Server.Next(o => o.Locking(A, Cause.Tamper)),
            terminal.Server.Next(o => o.Releasing(A), ahead: 1)
        );

        Assert.Equal([(2L, "way_out_not_available")], Refused(answer));
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task New_keys_are_obeyed_and_old_ones_forgotten()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var server = terminal.Server;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rotation = server.Next(o =>
            o with
            {
                Kind = OrderKind.KeySet,
                KeySet = server.Authority.KeySetWith(2, "k2", key),
            }
        );
        var byOld = server.Next(o => o.Locking(A), ahead: 1);
        var byNew = TestAuthority.Sign("k2", OrderEnvelope.Typ, Jws.Parse(byOld)!.Payload, key);

        var answer = await ByHandAsync(terminal, rotation, byOld, byNew);

        Assert.Equal([(null, "unknown_key")], Refused(answer));
        Assert.False(await terminal.AllowsAsync());
        await terminal.RestartAsync();
        Assert.Equal(2, terminal.Till.State.KeySetVersion);
    }

    [Fact]
    public async Task A_lock_waits_for_the_end_of_the_transaction_and_nothing_new_begins()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var sale = await BeginAsync(terminal);

        terminal.Server.Send(o => o.Locking(A));
        await Eventually.TrueAsync(
            async () => (await terminal.LocksAsync()).Count == 1,
            "the order has come"
        );

        var waiting = (await terminal.LocksAsync())[0];
        Assert.Equal("pending", waiting.GetProperty("status").GetString());
        Assert.Equal(0, terminal.Till.State.LastOrder);
        Assert.True(await terminal.AllowsAsync("pin_entry"));
        var refused = await terminal.PostAsync("transactions", Sale);
        Assert.Equal(HttpStatusCode.Locked, refused.Status);
        Assert.Equal(A, Assert.Single(refused.Locks).GetProperty("id").GetString());
        Assert.Equal(
            HttpStatusCode.Created,
            (await terminal.PostAsync("transactions", """{"capability":"manual_ledger"}""")).Status
        );

        await terminal.DeleteAsync($"transactions/{sale}");
        Assert.Equal(0, terminal.Till.State.LastOrder);
        terminal.Clock.Advance(TimeSpan.FromMinutes(3));
        await terminal.RoundAsync();

        Assert.False(await terminal.AllowsAsync());
        Assert.Equal(1, terminal.Till.State.LastOrder);
    }

    [Fact]
    public async Task The_end_of_the_last_transaction_lets_the_lock_in_at_once()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var sale = await BeginAsync(terminal);
        var answer = await ByHandAsync(terminal, terminal.Server.Next(o => o.Locking(A)));
        Assert.Equal(1, answer.Body.GetProperty("waiting").GetInt32());

        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.DeleteAsync($"transactions/{sale}")
        );

        Assert.Equal(
            "confirmed",
            (await terminal.LocksAsync())[0].GetProperty("status").GetString()
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await terminal.DeleteAsync($"transactions/{sale}")).Status
        );
    }

    [Fact]
    public async Task It_waits_three_minutes_and_not_longer()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await BeginAsync(terminal);
        await ByHandAsync(terminal, terminal.Server.Next(o => o.Locking(A)));

        terminal.Clock.Advance(TimeSpan.FromSeconds(179));
        await terminal.RoundAsync();
        var before = await terminal.AllowsAsync();
        terminal.Clock.Advance(TimeSpan.FromSeconds(1));
        await terminal.RoundAsync();

        Assert.True(before);
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task Tampering_waits_for_nothing_and_takes_what_stands_before_it_along()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await BeginAsync(terminal);
        var server = terminal.Server;

        await ByHandAsync(terminal, server.Next(o => o.Locking(A)));
        await ByHandAsync(terminal, server.Next(o => o.Locking(B, Cause.Tamper), ahead: 1));

        Assert.Equal(2, terminal.Till.State.LastOrder);
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_release_behind_a_waiting_lock_waits_its_turn()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var sale = await BeginAsync(terminal);
        var server = terminal.Server;

        var answer = await ByHandAsync(
            terminal,
            server.Next(o => o.Locking(A)),
            server.Next(o => o.Locking(A)),
            server.Next(o => o.Releasing(A), ahead: 1)
        );
        await terminal.DeleteAsync($"transactions/{sale}");

        Assert.Equal(3, answer.Body.GetProperty("waiting").GetInt32());
        Assert.Equal(2, terminal.Till.State.LastOrder);
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task The_cashiers_own_lock_spares_the_running_transaction_only()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var sale = await BeginAsync(terminal);
        terminal.Clock.Advance(TimeSpan.FromSeconds(1));

        await terminal.PostAsync("away");

        Assert.True(await terminal.AllowsAsync("pin_entry"));
        Assert.False(await terminal.AllowsAsync("admin"));
        Assert.Equal(
            HttpStatusCode.Locked,
            (await terminal.PostAsync("transactions", Sale)).Status
        );
        terminal.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.False(await terminal.AllowsAsync("pin_entry"));
        await terminal.DeleteAsync($"transactions/{sale}");
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_transaction_of_something_unknown_is_told_what_there_is()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var refused = await terminal.PostAsync("transactions", """{"capability":"magic"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("capability", refused.Body.GetProperty("field").GetString());
        Assert.Contains("card_payment", refused.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await terminal.GetAsync("verdict?capability=magic")).Status
        );
    }

    private const string Sale = """{"capability":"card_payment","amountMinor":1200}""";

    private static async Task<string> BeginAsync(TestTerminal terminal) =>
        (
            await terminal.ExpectAsync(
                HttpStatusCode.Created,
                terminal.PostAsync("transactions", Sale)
            )
        )
            .Body.GetProperty("id")
            .GetString()!;

    private static Task<Answer> ByHandAsync(TestTerminal terminal, params string[] orders) =>
        terminal.ExpectAsync(
            HttpStatusCode.OK,
            terminal.PostAsync("orders", $$"""{"orders":{{JsonSerializer.Serialize(orders)}}}""")
        );

    private static IReadOnlyList<(long? Number, string Code)> Refused(Answer answer) =>
        [
            .. answer
                .Body.GetProperty("refused")
                .EnumerateArray()
                .Select(r =>
                    (
                        r.TryGetProperty("number", out var n) ? n.GetInt64() : (long?)null,
                        r.GetProperty("code").GetString()!
                    )
                ),
        ];
}
