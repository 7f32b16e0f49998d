using System.Runtime.InteropServices;

namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// Tries neighbouring groups of digits together. A card number begins and ends with a
/// group, and at most 19 groups can make one, so the time is linear in the length of the text.
/// </summary>
internal static class CardNumberScan
{
    /// <summary>Where card numbers are, in order. Overlapping candidates come as one, so that no shown digit of one is
    /// a hidden digit of another.</summary>
    public static List<(int Start, int End)> Find(ReadOnlySpan<char> text)
    {
        var (groups, digits) = DigitGroups.Cut(text);
        ResidentIdsInParts.Mark(text, groups, CollectionsMarshal.AsSpan(digits));
        var found = new List<(int Start, int End)>();
        for (var first = 0; first < groups.Count; first++)
        {
            var last = LongestFrom(first, groups, digits);
            if (last < 0)
            {
                continue;
            }

            var (start, end) = (groups[first].Start, groups[last].End);
            if (found.Count > 0 && start < found[^1].End)
            {
                found[^1] = (found[^1].Start, Math.Max(end, found[^1].End));
            }
            else
            {
                found.Add((start, end));
            }
        }

        return found;
    }

    private static int LongestFrom(int first, List<DigitGroup> groups, List<char> digits)
    {
        var (longest, count) = (-1, 0);
        for (
            var last = first;
            last < groups.Count && (last == first || groups[last].Continues);
            last++
        )
        {
            count += groups[last].Count;
            if (groups[last].IsIdentity || count > CardNumberRules.MaxDigits)
            {
                break;
            }

            var candidate = CollectionsMarshal.AsSpan(digits);
            if (CardNumberRules.IsCardNumber(candidate.Slice(groups[first].FirstDigit, count)))
            {
                longest = last;
            }
        }

        return longest;
    }
}
