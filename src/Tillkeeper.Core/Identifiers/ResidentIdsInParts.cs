namespace Tillkeeper.Core.Identifiers;

/// <summary>Resident IDs written as on forms: region, birth date, sequence, with separators between.</summary>
internal static class ResidentIdsInParts
{
    private const int MaxParts = 4;

    /// <summary>Marks the groups of every such ID, so that no part of it counts towards a card number.</summary>
    public static void Mark(
        ReadOnlySpan<char> text,
        List<DigitGroup> groups,
        ReadOnlySpan<char> digits
    )
    {
        for (var first = 0; first < groups.Count; first++)
        {
            var last = LastPart(first, text, groups, digits);
            for (var i = first; i <= last; i++)
            {
                groups[i] = groups[i] with { IsIdentity = true };
            }
        }
    }

    private static int LastPart(
        int first,
        ReadOnlySpan<char> text,
        List<DigitGroup> groups,
        ReadOnlySpan<char> digits
    )
    {
        var count = groups[first].Count;
        for (
            var last = first + 1;
            last < groups.Count && last < first + MaxParts && groups[last].Continues;
            last++
        )
        {
            count += groups[last].Count;
            var found = count switch
            {
                CardNumberRules.IdentityLength => CardNumberRules.IsResidentId(
                    digits.Slice(groups[first].FirstDigit, count)
                ),
                CardNumberRules.IdentityLength - 1 when groups[last].End < text.Length =>
                    CardNumberRules.IsResidentId(
                        $"{digits.Slice(groups[first].FirstDigit, count)}{text[groups[last].End]}"
                    ),
                _ => false,
            };
            if (found)
            {
                return last;
            }
        }

        return -1;
    }
}
