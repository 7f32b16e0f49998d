using System.Diagnostics;
using Tillkeeper.Agent.Commands;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.Commands;

public sealed class SupervisedTests : IDisposable
{
    private static readonly Dictionary<string, string> Path = new() { ["PATH"] = "/usr/bin:/bin" };
    private readonly Scripts scripts = new();

    public void Dispose() => scripts.Dispose();

    [Fact]
    public async Task Exit_code_and_both_outputs_are_told()
    {
        var result = await Run("echo out; echo err >&2; exit 3");
        Assert.Equal(
            (3, "out\n", "err\n", "exit 3"),
            (result.Exit, result.Output, result.Errors, result.Problem)
        );
    }

    [Fact]
    public async Task It_sees_only_the_environment_it_is_given()
    {
        var result = await Run("env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD=");
        Assert.Equal("PATH=/usr/bin:/bin\n", result.Output);
    }

    [Fact]
    public async Task There_is_nothing_to_read()
    {
        var result = await Run("read line || echo nothing");
        Assert.Equal("nothing\n", result.Output);
    }

    [Fact]
    public async Task When_its_time_is_up_the_whole_group_is_killed()
    {
        var result = await Run(
            "sleep 600 & echo $! > $RECORD; sleep 600",
            limit: TimeSpan.FromMilliseconds(700)
        );
        Assert.Null(result.Exit);
        Assert.Contains("longer than 0.7 s", result.Problem, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !IsAlive(scripts.Recorded[0]), "the child is gone");
    }

    [Fact]
    public async Task Whoever_holds_the_outputs_after_its_end_is_ended_too()
    {
        var watch = Stopwatch.StartNew();
        var result = await Run("sleep 600 & echo $! > $RECORD; echo done");
        Assert.Equal((0, "done\n"), (result.Exit, result.Output));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => !IsAlive(scripts.Recorded[0]), "the child is gone");
    }

    [Fact]
    public async Task Of_a_flood_only_the_beginning_is_kept_and_nothing_blocks()
    {
        var result = await Run(
            "head -c 5000000 /dev/zero | tr '\\0' x; echo end > $RECORD",
            most: 100
        );
        Assert.Equal(new string('x', 100), result.Output);
        Assert.Equal(["end"], scripts.Recorded);
    }

    [Fact]
    public async Task What_cannot_be_started_is_a_problem_and_no_exception()
    {
        var result = await Supervised.RunAsync(
            new CommandLine(scripts.PathTo("missing"), [], Path, TimeSpan.FromSeconds(5)),
            CancellationToken.None
        );
        Assert.Equal("exit 127", result.Problem);
    }

    [Fact]
    public async Task Told_to_stop_it_leaves_nothing_running()
    {
        using var stop = new CancellationTokenSource();
        var running = Run("echo $$ > $RECORD; sleep 600", stop: stop.Token);
        await Eventually.TrueAsync(() => scripts.Recorded.Count == 1, "it runs");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(IsAlive(scripts.Recorded[0]));
    }

    private Task<CommandResult> Run(
        string script,
        TimeSpan? limit = null,
        int most = 4096,
        CancellationToken stop = default
    ) =>
        Supervised.RunAsync(
            new CommandLine(
                scripts.Write("script", script),
                [],
                Path,
                limit ?? TimeSpan.FromSeconds(20),
                most
            ),
            stop
        );

    private static bool IsAlive(string id) =>
        File.Exists($"/proc/{id}/stat")
        && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
}
