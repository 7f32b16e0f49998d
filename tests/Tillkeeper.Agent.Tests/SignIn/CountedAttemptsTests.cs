using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Tests.SignIn;

/// <summary>R1: the number of guesses that are evaluated never exceeds the limit (invariant 2).</summary>
public sealed class CountedAttemptsTests
{
    [Fact]
    public async Task A_thousand_parallel_wrong_passcodes_get_five_evaluations_and_one_lock()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(i => terminal.TryAsync("anna", $"{100000 + i}"))
        );

        AssertFiveEvaluated(answers);
        AssertCounted(terminal, 5);
        Assert.Single(await terminal.LocksAsync());
    }

    [Fact]
    public async Task Other_spellings_of_a_name_gain_no_guess()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        string[] spellings = ["anna", "ANNA", " Anna ", "ａｎｎａ", "an\u200bna", "\u2060anna"];

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 120).Select(i => terminal.TryAsync(spellings[i % 6], "111111"))
        );

        AssertFiveEvaluated(answers);
        AssertCounted(terminal, 5);
    }

    [Fact]
    public async Task All_unknown_names_share_five_evaluations()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => terminal.TryAsync($"nobody-{i}", "111111"))
        );

        AssertFiveEvaluated(answers);
        Assert.Equal(HttpStatusCode.OK, (await terminal.TryAsync("anna", "739402")).Status);
    }

    [Theory]
    [InlineData("""{"operator":"","passcode":""}""")]
    [InlineData("""{}""")]
    [InlineData("""{"operator":null,"passcode":[1]}""")]
    [InlineData("""{"operator":"\ud800","passcode":"\udc00"}""")]
    [InlineData("""{"operator":7,"passcode":{"a":1}}""")]
    [InlineData("""{"operator":"unknown","passcode":"0"}""")]
    public async Task Garbage_is_a_wrong_attempt_of_an_unknown_name(string body)
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();

        var first = await terminal.PostAsync("sign-in", body);
        var second = await terminal.TryAsync("somebody else", "1");

        Assert.Equal((HttpStatusCode.Unauthorized, 4), (first.Status, first.Remaining));
        Assert.Equal((HttpStatusCode.Unauthorized, 3), (second.Status, second.Remaining));
    }

    [Fact]
    public async Task Huge_names_and_passcodes_count_and_huger_ones_are_not_read()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();

        var huge = await terminal.TryAsync(new string('a', 7000), new string('1', 7000));
        var tooBig = await terminal.TryAsync(new string('a', 20_000), "1");

        Assert.Equal(HttpStatusCode.Unauthorized, huge.Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooBig.Status);
    }

    [Fact]
    public async Task The_current_passcode_at_a_change_is_counted_with_the_sign_ins()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        const string Change = """{"passcode":"620184","current":"000000"}""";

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i =>
                    i % 2 == 0
                        ? terminal.TryAsync("anna", "000000")
                        : terminal.PostAsync("operators/Anna/passcode", Change)
                )
        );

        Assert.Equal(
            5,
            answers.Count(a => a.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        );
        Assert.Equal(55, answers.Count(a => a.Status == HttpStatusCode.Locked));
        AssertCounted(terminal, 5);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_has_still_used_the_attempt()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        using var hangUp = new CancellationTokenSource();

        var calls = Enumerable
            .Range(0, 40)
            .Select(async _ =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "sign-in");
                request.Content = new StringContent("""{"operator":"anna","passcode":"000000"}""");
                using var _1 = await terminal.Http.SendAsync(request, hangUp.Token);
            })
            .ToList();
        await Eventually.TrueAsync(() => Spent(terminal) > 0, "an attempt is counted");
        await hangUp.CancelAsync();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        await Eventually.TrueAsync(
            () => terminal.Till.State.OpenAttempt is null,
            "every counted attempt is judged"
        );

        Assert.InRange(Spent(terminal), 1, 5);
    }

    [Fact]
    public async Task A_power_cut_between_counting_and_judging_costs_the_attempt()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var anna = terminal.Till.State.ByName("anna")!.Id;
        await terminal.Till.AskAsync(new BeginAttempt(anna));

        await terminal.RestartAsync();

        Assert.Null(terminal.Till.State.OpenAttempt);
        var next = await terminal.TryAsync("anna", "000000");
        Assert.Equal(3, next.Remaining);
    }

    [Fact]
    public async Task A_restart_gives_no_guess_back()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        for (var i = 0; i < 5; i++)
        {
            await terminal.TryAsync("anna", "000000");
        }

        await terminal.RestartAsync();

        Assert.Equal(HttpStatusCode.Locked, (await terminal.TryAsync("anna", "739402")).Status);
    }

    [Fact]
    public async Task Twenty_wrong_passcodes_at_the_terminal_lock_all_of_it()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var boss = await terminal.SignInAsync("boss", "582931");
        foreach (var name in new[] { "bea", "carl", "dora" })
        {
            await terminal.PostAsync(
                "operators",
                $$"""{"operator":"{{name}}","role":"cashier"}""",
                boss
            );
        }

        var evaluated = 0;
        foreach (var name in new[] { "bea", "carl", "dora", "anna", "nobody" })
        {
            for (var i = 0; i < 8; i++)
            {
                var answer = await terminal.TryAsync(name, "000000");
                evaluated += answer.Status == HttpStatusCode.Unauthorized ? 1 : 0;
            }
        }

        Assert.Equal(20, evaluated);
        Assert.False(await terminal.AllowsAsync());
        Assert.True(await terminal.AllowsAsync("manual_ledger"));
        Assert.Equal(HttpStatusCode.Locked, (await terminal.TryAsync("boss", "582931")).Status);
    }

    private static void AssertFiveEvaluated(IReadOnlyList<Answer> answers)
    {
        Assert.Equal(5, answers.Count(a => a.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(answers.Count - 5, answers.Count(a => a.Status == HttpStatusCode.Locked));
    }

    /// <summary>What the journal says: sign-ins of the set-up leave counted attempts of their own.</summary>
    private static void AssertCounted(TestTerminal terminal, int wrong) =>
        Assert.Equal(
            wrong,
            terminal.Till.Journal!.ReadAfter(0, 10_000).Count(e => e.ToEvent() is AttemptFailed)
        );

    private static int Spent(TestTerminal terminal) => terminal.Till.State.ByName("anna")!.Failures;
}
