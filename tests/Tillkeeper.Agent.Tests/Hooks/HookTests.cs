using System.Text.Json;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Tests.Hooks;

/// <summary>Real scripts, run by a real agent, at begin and end of locks.</summary>
public sealed class HookTests : IDisposable
{
    private const string Tell =
        "echo $TILLKEEPER_EVENT $TILLKEEPER_LOCK_ID $TILLKEEPER_BLOCKED >> $RECORD";
    private readonly Scripts scripts = new();

    public void Dispose() => scripts.Dispose();

    [Fact]
    public async Task A_hook_is_told_everything_about_the_lock()
    {
        scripts.Write("lock-begun.d/10-tell", "env | grep ^TILLKEEPER | sort >> $RECORD");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o =>
            o.Locking("LOCK000001", scope: [Capability.QrPayment, Capability.Refund])
        );
        await Until(11);
        Assert.Equal(
            [
                "TILLKEEPER_BLOCKED=qr_payment,refund",
                "TILLKEEPER_CAUSE=remote",
                "TILLKEEPER_CODE=E09",
                "TILLKEEPER_EVENT=begun",
                "TILLKEEPER_EXPECTED_END=",
                "TILLKEEPER_LOCK_ID=LOCK000001",
                "TILLKEEPER_OWNER=server",
                "TILLKEEPER_SCOPE=qr_payment,refund",
                "TILLKEEPER_SINCE=2026-03-01T08:00:00.000Z",
                "TILLKEEPER_SUBJECT=terminal",
                "TILLKEEPER_TERMINAL=T0T0T0T0T0",
            ],
            scripts.Recorded
        );
    }

    [Fact]
    public async Task Begin_and_end_are_told_in_order_and_the_end_of_one_lock_opens_nothing_that_another_holds()
    {
        Both("10-tell", Tell);
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001", scope: [Capability.QrPayment]));
        terminal.Server.Send(o => o.Locking("LOCK000002", scope: [Capability.Refund]));
        await Until(2);
        terminal.Server.Send(o => o.Releasing("LOCK000001"));
        await Until(3);
        terminal.Server.Send(o => o.Releasing("LOCK000002"));
        await Until(4);
        Assert.Equal(
            ["ended LOCK000001 refund", "ended LOCK000002"],
            scripts.Recorded.Skip(2).Select(l => l.TrimEnd())
        );
        Assert.Equal("begun LOCK000002 qr_payment,refund", scripts.Recorded[1]);
    }

    [Fact]
    public async Task Hooks_run_in_the_order_of_their_names()
    {
        scripts.Write("lock-begun.d/20-second", "echo second >> $RECORD");
        scripts.Write("lock-begun.d/10-first", "echo first >> $RECORD");
        scripts.Write("lock-begun.d/30-left.bak", "echo backup >> $RECORD");
        scripts.Write("lock-begun.d/40-note", "echo note >> $RECORD", UnixFileMode.UserRead);
        scripts.Write("lock-begun.d/90-last", "echo last >> $RECORD");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001"));
        await Until(3);
        Assert.Equal(["first", "second", "last"], scripts.Recorded);
    }

    [Fact]
    public async Task A_failing_hook_is_tried_again_alone_and_seen_here_and_at_the_server()
    {
        scripts.Write(
            "lock-begun.d/10-bad",
            "echo tried >> $RECORD; echo no such relay >&2; exit 3"
        );
        scripts.Write("lock-begun.d/20-good", "echo good >> $RECORD");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001"));
        await Until(2);
        await Eventually.TrueAsync(
            async () => (await Failing(terminal)).Length == 1,
            "the status says so"
        );
        var shown = (await Failing(terminal))[0];
        Assert.Equal("lock-begun.d/10-bad", shown.GetProperty("hook").GetString());
        Assert.Equal("LOCK000001", shown.GetProperty("lockId").GetString());
        Assert.Equal("exit 3: no such relay", shown.GetProperty("problem").GetString());
        await Eventually.TrueAsync(
            () => Reported(terminal, "hook.failed.v1") == 1,
            "it is reported"
        );

        for (var more = 1; more <= 3; more++)
        {
            terminal.Clock.Advance(TimeSpan.FromMinutes(6));
            await Eventually.TrueAsync(
                async () =>
                    (await Failing(terminal))[0].GetProperty("attempts").GetInt32() == 1 + more,
                "it is tried again"
            );
        }
        scripts.Write("lock-begun.d/10-bad", "echo mended >> $RECORD");
        terminal.Clock.Advance(TimeSpan.FromMinutes(6));
        await Eventually.TrueAsync(
            () => Reported(terminal, "hook.recovered.v1") == 1,
            "it recovers"
        );
        Assert.Equal(1, Reported(terminal, "hook.failed.v1"));
        Assert.Equal(["tried", "good", "tried", "tried", "tried", "mended"], scripts.Recorded);
        await Eventually.TrueAsync(
            async () => (await Failing(terminal)).Length == 0,
            "all is well"
        );
    }

    [Fact]
    public async Task Files_that_others_could_have_written_are_not_run_and_that_is_a_failure()
    {
        scripts.Write(
            "lock-begun.d/10-open",
            "echo ran >> $RECORD",
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherWrite
        );
        File.CreateSymbolicLink(
            scripts.PathTo("lock-begun.d", "20-link"),
            scripts.Write("elsewhere", "echo ran >> $RECORD")
        );
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001"));
        await Eventually.TrueAsync(async () => (await Failing(terminal)).Length == 2, "both fail");
        Assert.Equal(
            ["others can write it", "it is not a plain file"],
            (await Failing(terminal)).Select(f => f.GetProperty("problem").GetString())
        );
        Assert.Empty(scripts.Recorded);
    }

    [Fact]
    public async Task A_start_tells_again_of_what_stands_and_of_the_end_of_what_is_gone()
    {
        Both("10-tell", Tell);
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001", scope: [Capability.QrPayment]));
        terminal.Server.Send(o => o.Locking("LOCK000002", scope: [Capability.Refund]));
        await Until(2);
        await terminal.StopAsync();

        // The end comes at a time when no hook can hear of it.
        scripts.Write("lock-ended.d/10-tell", "exit 1");
        await terminal.RunAsync();
        await UntilAsync("begun LOCK000002", 2);
        terminal.Server.Send(o => o.Releasing("LOCK000001"));
        await Eventually.TrueAsync(async () => (await Failing(terminal)).Length == 1, "it fails");
        await terminal.StopAsync();

        scripts.Write("lock-ended.d/10-tell", Tell);
        await terminal.RunAsync();
        await UntilAsync("ended LOCK000001 refund", 1);
        await UntilAsync("begun LOCK000002", 3);
        await terminal.RestartAsync();
        await UntilAsync("begun LOCK000002", 4);
        await UntilAsync("begun LOCK000001", 2);
        await UntilAsync("ended", 1);
    }

    [Fact]
    public async Task A_hook_that_hangs_keeps_no_sale_waiting()
    {
        scripts.Write("lock-begun.d/10-hang", "echo here >> $RECORD; sleep 600");
        await using var terminal = await StartAsync();
        terminal.Server.Send(o => o.Locking("LOCK000001", scope: [Capability.QrPayment]));
        await Until(1);
        Assert.False(await terminal.AllowsAsync("qr_payment"));
        Assert.True(await terminal.AllowsAsync());
        terminal.Server.Send(o => o.Releasing("LOCK000001"));
        await Eventually.TrueAsync(() => terminal.AllowsAsync("qr_payment"), "it is released");
    }

    private Task<TestTerminal> StartAsync() =>
        TestTerminal.StartAsync(with: o => o with { Hooks = scripts.Folder });

    private void Both(string name, string text)
    {
        scripts.Write($"lock-begun.d/{name}", text);
        scripts.Write($"lock-ended.d/{name}", text);
    }

    private Task Until(int lines) =>
        Eventually.TrueAsync(() => scripts.Recorded.Count >= lines, $"{lines} lines are recorded");

    private Task UntilAsync(string start, int times) =>
        Eventually.TrueAsync(
            () =>
                scripts.Recorded.Count(l => l.StartsWith(start, StringComparison.Ordinal)) == times,
            $"'{start}' is recorded {times} times"
        );

    private static async Task<JsonElement[]> Failing(TestTerminal terminal) =>
        [.. (await terminal.GetAsync("status")).Body.GetProperty("failingHooks").EnumerateArray()];

    private static int Reported(TestTerminal terminal, string type) =>
        terminal.Server.Events.Count(e => e.Type == type);
}
