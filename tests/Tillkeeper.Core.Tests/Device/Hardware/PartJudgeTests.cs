using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device.Hardware;

/// <summary>
/// Runs as letters, oldest first: <c>o</c> good, <c>d</c> degraded, <c>f</c> failed, <c>a</c> absent, <c>u</c> unknown; below each the
/// condition from then on: <c>.</c> well, <c>w</c> worn, <c>X</c> faulty.
/// </summary>
public sealed class PartJudgeTests
{
    private static readonly HardwareRule Rule = new()
    {
        Failures = 3,
        Among = 5,
        Recoveries = 2,
    };

    [Theory]
    // One bad reading, and two, are noise.
    [InlineData("oooofoooo", ".........")]
    [InlineData("offoooff", "........")]
    // Three of five are a fault, in a row or not, whichever way the part failed.
    [InlineData("fff", "..X")]
    [InlineData("faf", "..X")]
    [InlineData("fofof", "....X")]
    [InlineData("foofoofoof", "..........")]
    [InlineData("ffoof", "....X")]
    [InlineData("ffof", "...X")]
    // Two good ones in a row end it, one does not.
    [InlineData("fffoo", "..XX.")]
    [InlineData("fffofoo", "..XXXX.")]
    // The counting begins anew after a change.
    [InlineData("fffoofof", "..XX....")]
    [InlineData("fffooofff", "..XX....X")]
    // What could not be found out counts for nothing, either way.
    [InlineData("uuuuuu", "......")]
    [InlineData("fuufuuf", "......X")]
    [InlineData("fffouo", "..XXX.")]
    // Worn warns, after as many runs, and turns into a fault or into health by itself.
    [InlineData("ddd", "..w")]
    [InlineData("dddfff", "..wwwX")]
    [InlineData("dddoo", "..ww.")]
    [InlineData("ddf", "..w")]
    [InlineData("fffdd", "..XXw")]
    [InlineData("fffdo", "..XXw")]
    [InlineData("fffddoo", "..XXww.")]
    public void A_part_is_judged_over_repeated_runs(string runs, string conditions)
    {
        var (known, condition) = (PartRuns.None, PartCondition.Well);
        var shown = "";
        foreach (var run in runs)
        {
            (known, condition) = PartJudge.Take(known, Status(run), condition, Rule);
            shown += condition switch
            {
                PartCondition.Faulty => 'X',
                PartCondition.Worn => 'w',
                _ => '.',
            };
        }
        Assert.Equal(conditions, shown);
    }

    [Fact]
    public void A_fault_that_the_journal_remembers_ends_by_the_same_rule()
    {
        var (runs, condition) = PartJudge.Take(
            PartRuns.None,
            PartStatus.Ok,
            PartCondition.Faulty,
            Rule
        );
        Assert.Equal(PartCondition.Faulty, condition);
        (_, condition) = PartJudge.Take(runs, PartStatus.Ok, condition, Rule);
        Assert.Equal(PartCondition.Well, condition);
    }

    [Fact]
    public void No_more_runs_are_remembered_than_count()
    {
        var runs = PartRuns.None;
        for (var i = 0; i < 1000; i++)
        {
            (runs, _) = PartJudge.Take(runs, PartStatus.Ok, PartCondition.Well, Rule);
        }
        Assert.Equal(5, runs.Recent.Count);
    }

    private static PartStatus Status(char run) =>
        run switch
        {
            'o' => PartStatus.Ok,
            'd' => PartStatus.Degraded,
            'f' => PartStatus.Failed,
            'a' => PartStatus.Absent,
            _ => PartStatus.Unknown,
        };
}
