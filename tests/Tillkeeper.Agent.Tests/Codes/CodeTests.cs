using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Tests.Codes;

/// <summary>B4: the way out by phone, without a connection.</summary>
public sealed class CodeTests
{
    private const string Remote = "R0R0R0R0R0";

    [Fact]
    public async Task The_code_for_the_challenge_releases_the_lock()
    {
        await using var terminal = await LockedAsync();
        var challenge = await ChallengeAsync(terminal);
        var read = Challenge.Open(challenge, terminal.Server.CodeKey);
        Assert.Equal(new Challenge(Cause.Remote, TestServer.Terminal, Remote, read!.Nonce), read);

        var released = await TryAsync(terminal, Code(terminal, challenge));

        Assert.Equal(HttpStatusCode.OK, released.Status);
        Assert.True(await terminal.AllowsAsync());
        var again = await TryAsync(terminal, Code(terminal, challenge));
        Assert.Equal((HttpStatusCode.Conflict, "lock_released"), (again.Status, again.Code));
    }

    [Fact]
    public async Task A_thousand_parallel_submissions_of_the_right_code_are_accepted_once()
    {
        await using var terminal = await LockedAsync();
        var code = Code(terminal, await ChallengeAsync(terminal));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(_ => TryAsync(terminal, code))
        );

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(999, answers.Count(a => a.Code == "lock_released"));
    }

    [Fact]
    public async Task A_lock_takes_five_wrong_codes_over_all_its_challenges_and_then_none()
    {
        await using var terminal = await LockedAsync();
        await ChallengeAsync(terminal);

        var wrong = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => TryAsync(terminal, $"{i:D8}"))
        );
        terminal.Clock.Advance(TimeSpan.FromMinutes(9));
        var fresh = await ChallengeAsync(terminal);
        var right = await TryAsync(terminal, Code(terminal, fresh));

        Assert.Equal(
            [0, 1, 2, 3, 4],
            wrong
                .Where(a => a.Status == HttpStatusCode.Unauthorized)
                .Select(a => a.Remaining)
                .Order()
        );
        Assert.Equal(95, wrong.Count(a => a.Status == HttpStatusCode.Locked));
        Assert.Equal((HttpStatusCode.Locked, "code_tries_used_up"), (right.Status, right.Code));
        var shown = Assert.Single(await terminal.LocksAsync());
        Assert.Equal(0, shown.GetProperty("codeTriesLeft").GetInt32());
        Assert.DoesNotContain(
            "offline_code",
            shown.GetProperty("waysOut").EnumerateArray().Select(w => w.GetString())
        );
    }

    [Fact]
    public async Task Tries_survive_a_restart()
    {
        await using var terminal = await LockedAsync();
        await ChallengeAsync(terminal);
        for (var i = 0; i < 4; i++)
        {
            await TryAsync(terminal, "00000000");
        }

        await terminal.RestartAsync();

        Assert.Equal(0, (await TryAsync(terminal, "00000000")).Remaining);
    }

    [Fact]
    public async Task A_challenge_answers_for_ten_minutes()
    {
        await using var terminal = await LockedAsync();
        var old = await ChallengeAsync(terminal);

        terminal.Clock.Advance(TimeSpan.FromMinutes(10));
        var late = await TryAsync(terminal, Code(terminal, old));

        Assert.Equal((HttpStatusCode.Conflict, "challenge_expired"), (late.Status, late.Code));
        Assert.NotEqual(old, await ChallengeAsync(terminal));
    }

    [Fact]
    public async Task Looking_again_shows_the_same_challenge()
    {
        await using var terminal = await LockedAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => ChallengeAsync(terminal))
        );

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task No_code_ends_a_lock_that_has_no_such_way_out()
    {
        await using var terminal = await LockedAsync(Cause.Tamper);
        var challenge = await ChallengeAsync(terminal);

        var refused = await TryAsync(terminal, Code(terminal, challenge));

        Assert.Equal(
            (HttpStatusCode.Conflict, "way_out_not_available"),
            (refused.Status, refused.Code)
        );
    }

    [Fact]
    public async Task A_lock_that_never_was_is_not_found()
    {
        await using var terminal = await TestTerminal.StartAsync();

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await terminal.GetAsync("locks/NOSUCHLOCK/challenge")).Status
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await terminal.PostAsync("locks/NOSUCHLOCK/code", """{"code":"1"}""")).Status
        );
    }

    [Fact]
    public async Task A_reset_code_for_a_pause_lets_the_operator_set_a_passcode()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        for (var i = 0; i < 5; i++)
        {
            await terminal.TryAsync("anna", "000000");
        }
        var id = (await terminal.LocksAsync())[0].GetProperty("id").GetString()!;
        var challenge = await ChallengeAsync(terminal, id);
        var code = OfflineCode.Compute(
            terminal.Server.CodeKey,
            challenge,
            CodeEffect.PasscodeReset
        );

        var released = await TryAsync(terminal, code, id);

        Assert.Equal(HttpStatusCode.OK, released.Status);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await terminal.TryAsync("anna", "739402")).Status
        );
        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.PostAsync("operators/anna/passcode", """{"passcode":"840157"}""")
        );
        await terminal.SignInAsync("anna", "840157");
    }

    private static async Task<TestTerminal> LockedAsync(Cause cause = Cause.Remote)
    {
        var terminal = await TestTerminal.StartAsync();
        terminal.Server.Send(o => o.Locking(Remote, cause));
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 1, "it is locked");
        return terminal;
    }

    private static async Task<string> ChallengeAsync(TestTerminal terminal, string id = Remote) =>
        (await terminal.GetAsync($"locks/{id}/challenge"))
            .Body.GetProperty("challenge")
            .GetString()!;

    private static string Code(TestTerminal terminal, string challenge) =>
        OfflineCode.Compute(terminal.Server.CodeKey, challenge, CodeEffect.Release);

    private static Task<Answer> TryAsync(TestTerminal terminal, string code, string id = Remote) =>
        terminal.PostAsync($"locks/{id}/code", $$"""{"code":"{{code}}"}""");
}
