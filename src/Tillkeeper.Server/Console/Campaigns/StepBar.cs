using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Campaigns;

namespace Tillkeeper.Server.Console.Campaigns;

/// <summary>A part of a bar: so many terminals, how they are doing, and where the bar has them.</summary>
/// <param name="Kind">The word for it, and how it is coloured: <c>campaigns.kind.done</c>.</param>
internal sealed record BarPart(string Kind, int Terminals, double From, double Width);

/// <summary>The steps of a group's terminals as people think of them: done, at work, waiting, gone wrong, not begun.</summary>
internal static class StepBar
{
    private static readonly string[] Kinds =
    [
        "done",
        "wrong",
        "working",
        "waiting",
        "stopped",
        "planned",
    ];

    public static IReadOnlyList<BarPart> Of(GroupView group)
    {
        var counts = group
            .Steps.GroupBy(s => KindOf(s.Key), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(s => s.Value), StringComparer.Ordinal);
        List<BarPart> parts = [];
        var from = 0.0;
        foreach (var kind in Kinds.Where(counts.ContainsKey))
        {
            var width = 100.0 * counts[kind] / Math.Max(1, group.Terminals);
            parts.Add(new BarPart(kind, counts[kind], from, width));
            from += width;
        }
        return parts;
    }

    private static string KindOf(string word)
    {
        if (!Words.TryParse<UpdateStep>(word, out var step) || step is UpdateStep.Planned)
        {
            return "planned";
        }
        if (UpdateTable.IsError(step))
        {
            return "wrong";
        }
        if (UpdateTable.IsLocked(step))
        {
            return "working";
        }
        return step switch
        {
            UpdateStep.Done => "done",
            UpdateStep.Stopped or UpdateStep.Stopping => "stopped",
            _ => "waiting",
        };
    }
}
