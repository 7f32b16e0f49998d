using System.Collections.Immutable;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Device.Hardware;

/// <summary>What many runs say of a part.</summary>
public enum PartCondition
{
    Well,
    Worn,
    Faulty,
}

/// <summary>The last runs of a part's probe, the newest last; what could not be found out is not among them.</summary>
public sealed record PartRuns(ImmutableList<PartStatus> Recent)
{
    public static PartRuns None { get; } = new([]);
}

/// <summary>
/// Judges a part over repeated runs (C4): one bad reading is noise, and so is one good one. A part is faulty when at least
/// <see cref="HardwareRule.Failures"/> of the last <see cref="HardwareRule.Among"/> runs failed, and well again after
/// <see cref="HardwareRule.Recoveries"/> good ones in a row.
/// </summary>
public static class PartJudge
{
    /// <summary>The runs with one more, and the condition from now on. A change of condition begins the counting anew.</summary>
    /// <param name="standing">The condition so far.</param>
    public static (PartRuns Runs, PartCondition Condition) Take(
        PartRuns runs,
        PartStatus newest,
        PartCondition standing,
        HardwareRule rule
    )
    {
        if (newest is PartStatus.Unknown or PartStatus.Tampered)
        {
            return (runs, standing);
        }
        var all = runs.Recent.Add(newest);
        var most = Math.Max(rule.Among, rule.Recoveries);
        if (all.Count > most)
        {
            all = all.RemoveRange(0, all.Count - most);
        }
        var condition = Judge(all, standing, rule);
        return (condition == standing ? new PartRuns(all) : PartRuns.None, condition);
    }

    private static PartCondition Judge(
        ImmutableList<PartStatus> all,
        PartCondition standing,
        HardwareRule rule
    )
    {
        var newest = all[^1];
        var counted = all.Skip(Math.Max(0, all.Count - rule.Among)).ToList();
        if (
            standing != PartCondition.Faulty
            && IsBad(newest)
            && counted.Count(IsBad) >= rule.Failures
        )
        {
            return PartCondition.Faulty;
        }
        if (
            standing == PartCondition.Well
            && newest != PartStatus.Ok
            && counted.Count(s => s != PartStatus.Ok) >= rule.Failures
        )
        {
            return PartCondition.Worn;
        }
        var last = all.Skip(all.Count - rule.Recoveries).ToList();
        if (standing == PartCondition.Well || all.Count < rule.Recoveries || last.Exists(IsBad))
        {
            return standing;
        }
        return last.TrueForAll(s => s == PartStatus.Ok) ? PartCondition.Well : PartCondition.Worn;
    }

    private static bool IsBad(PartStatus status) =>
        status is PartStatus.Failed or PartStatus.Absent;
}
