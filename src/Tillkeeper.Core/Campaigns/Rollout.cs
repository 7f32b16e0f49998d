using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Tillkeeper.Core.Campaigns;

/// <summary>Who comes first. Drawn anew for each campaign, and the same again for anybody who checks.</summary>
public static class Rollout
{
    public const int MostGroups = 20;

    /// <summary>A few, then some, then everybody.</summary>
    public static ImmutableArray<GroupRule> Default { get; } =
    [new(0.01, 1, 0.1), new(0.1, 0.95, 0.05), new(1, 0.95, 0.05)];

    /// <summary>What is wrong with the groups, or null.</summary>
    public static Refusal? Check(IReadOnlyList<GroupRule> groups)
    {
        if (groups.Count is 0 or > MostGroups)
        {
            return Refusal.Invalid("groups", $"Give 1 to {MostGroups} groups.");
        }
        if (groups.Any(g => g.Share is not (> 0 and <= 1)))
        {
            return Refusal.Invalid("groups.share", "A share is above 0 and at most 1.");
        }
        return groups.Any(g => g.Success is not (>= 0 and <= 1) || g.Error is not (> 0 and <= 1))
            ? Refusal.Invalid("groups", "success is 0 to 1; error is above 0 and at most 1.")
            : null;
    }

    /// <summary>Splits by the groups' shares of all; each gets at least one while there are some, the last the rest.</summary>
    public static IReadOnlyList<ImmutableArray<string>> Split(
        IReadOnlyList<string> terminals,
        IReadOnlyList<GroupRule> groups,
        string campaign
    )
    {
        var drawn = terminals
            .OrderBy(t => Draw(campaign, t), StringComparer.Ordinal)
            .ToImmutableArray();
        List<ImmutableArray<string>> split = [];
        var taken = 0;
        for (var i = 0; i < groups.Count; i++)
        {
            var left = drawn.Length - taken;
            var wanted = (int)Math.Ceiling(groups[i].Share * drawn.Length);
            var size = i == groups.Count - 1 ? left : Math.Min(left, Math.Max(1, wanted));
            split.Add(drawn.Slice(taken, size));
            taken += size;
        }
        return split;
    }

    private static string Draw(string campaign, string terminal) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{campaign}\n{terminal}")));
}
