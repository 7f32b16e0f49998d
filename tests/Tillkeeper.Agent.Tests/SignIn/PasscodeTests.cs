using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Tests.SignIn;

public sealed class PasscodeTests
{
    private const string Manager = """{"operator":"boss","passcode":"582931"}""";

    [Fact]
    public async Task The_first_manager_is_made_once()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var first = await terminal.PostAsync("setup", Manager);
        var second = await terminal.PostAsync("setup", """{"operator":"eve","passcode":"1"}""");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal((HttpStatusCode.Conflict, "already_set_up"), (second.Status, second.Code));
    }

    [Fact]
    public async Task Parallel_set_ups_make_one_manager()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    terminal.PostAsync(
                        "setup",
                        $$"""{"operator":"boss{{i}}","passcode":"582931"}"""
                    )
                )
        );

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Single(terminal.Till.State.Operators);
    }

    [Fact]
    public async Task A_locked_terminal_is_not_set_up_by_whoever_holds_it()
    {
        await using var terminal = await TestTerminal.StartAsync();
        terminal.Server.Send(o => o.Locking("L0L0L0L0L0"));
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 1, "it is locked");

        var refused = await terminal.PostAsync("setup", """{"operator":"","passcode":"1"}""");

        Assert.Equal(HttpStatusCode.Locked, refused.Status);
        Assert.Single(refused.Locks);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("123456")]
    [InlineData("111111")]
    [InlineData("121212")]
    [InlineData("1234567890123")]
    [InlineData("58293a")]
    [InlineData("")]
    public async Task A_weak_passcode_is_refused_with_the_reason(string weak)
    {
        await using var terminal = await TestTerminal.StartAsync();

        var refused = await terminal.PostAsync(
            "setup",
            $$"""{"operator":"boss","passcode":"{{weak}}"}"""
        );

        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, "weak_passcode"),
            (refused.Status, refused.Code)
        );
        Assert.False(terminal.Till.State.IsSetUp);
    }

    [Fact]
    public async Task Only_a_manager_adds_operators()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var cashier = await terminal.SignInAsync("anna", "739402");
        const string New = """{"operator":"carl","role":"nonsense"}""";

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await terminal.PostAsync("operators", New)).Status
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await terminal.PostAsync("operators", New, "forged")).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await terminal.PostAsync("operators", New, cashier)).Status
        );
        var boss = await terminal.SignInAsync("boss", "582931");
        var unknownRole = await terminal.PostAsync("operators", New, boss);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknownRole.Status);
        Assert.Contains("cashier, manager", unknownRole.Body.ToString(), StringComparison.Ordinal);
        var taken = await terminal.PostAsync(
            "operators",
            """{"operator":"ANNA","role":"manager"}""",
            boss
        );
        Assert.Equal(HttpStatusCode.Conflict, taken.Status);
    }

    [Fact]
    public async Task The_first_use_sets_the_passcode_once()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        const string Another = """{"passcode":"840157"}""";

        var again = await terminal.PostAsync("operators/anna/passcode", Another);

        Assert.Equal((HttpStatusCode.Forbidden, "not_granted"), (again.Status, again.Code));
        Assert.Equal(HttpStatusCode.OK, (await terminal.TryAsync("anna", "739402")).Status);
    }

    [Theory]
    [InlineData("anna", "1")]
    [InlineData("nobody", "1")]
    [InlineData("nobody", "840157")]
    [InlineData("unknown", "840157")]
    public async Task Without_leave_it_is_403_whatever_was_typed_and_whoever_it_is(
        string name,
        string passcode
    )
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();

        var refused = await terminal.PostAsync(
            $"operators/{name}/passcode",
            $$"""{"passcode":"{{passcode}}"}"""
        );

        Assert.Equal((HttpStatusCode.Forbidden, "not_granted"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task The_owner_changes_it_but_not_to_one_of_the_last_four()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        string[] used = ["739402", "840157", "620184", "951736"];
        for (var i = 1; i < used.Length; i++)
        {
            await terminal.ExpectAsync(
                HttpStatusCode.NoContent,
                ChangeAsync(terminal, used[i - 1], used[i])
            );
        }

        foreach (var old in used)
        {
            var refused = await ChangeAsync(terminal, "951736", old);
            Assert.Equal(
                (HttpStatusCode.UnprocessableEntity, "weak_passcode"),
                (refused.Status, refused.Code)
            );
        }
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await ChangeAsync(terminal, "951736", "207468")).Status
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await ChangeAsync(terminal, "207468", "739402")).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await terminal.TryAsync("anna", "739402")).Status);
    }

    [Fact]
    public async Task A_reset_voids_the_old_passcode_and_lets_its_operator_set_one()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        for (var i = 0; i < 5; i++)
        {
            await terminal.TryAsync("anna", "000000");
        }
        var lockId = (await terminal.LocksAsync())[0].GetProperty("id").GetString();

        terminal.Server.Send(o => o with { Kind = OrderKind.PasscodeReset, LockId = lockId });
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 1, "the reset came");

        Assert.Empty(await terminal.LocksAsync());
        var old = await terminal.TryAsync("anna", "739402");
        Assert.Equal(HttpStatusCode.Unauthorized, old.Status);
        var reused = await terminal.PostAsync(
            "operators/anna/passcode",
            """{"passcode":"739402"}"""
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reused.Status);
        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.PostAsync("operators/anna/passcode", """{"passcode":"840157"}""")
        );
        Assert.Equal(HttpStatusCode.OK, (await terminal.TryAsync("anna", "840157")).Status);
    }

    private static Task<Answer> ChangeAsync(TestTerminal terminal, string from, string to) =>
        terminal.PostAsync(
            "operators/anna/passcode",
            $$"""{"passcode":"{{to}}","current":"{{from}}"}"""
        );
}
