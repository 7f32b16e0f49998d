using System.Globalization;

namespace Tillkeeper.Core.Campaigns;

/// <summary>Versions of software as dotted numbers, e.g. <c>2.10.1</c>; a missing part is 0, so <c>2.1</c> is <c>2.1.0</c>.</summary>
public static class DottedVersion
{
    private const int MostParts = 6;
    private const int MostDigits = 9;

    public static Refusal? Check(string? version) =>
        Parse(version) is null
            ? Refusal.Invalid(
                "version",
                $"Use 1 to {MostParts} numbers with dots between them, e.g. 2.10.1."
            )
            : null;

    public static bool IsOne(string? version) => Parse(version) is not null;

    /// <summary>Is <paramref name="one"/> older than <paramref name="other"/>? Whatever is no version is older than any.</summary>
    public static bool IsOlder(string? one, string? other) => Compare(one, other) < 0;

    /// <summary>By number, part by part: 2.9 comes before 2.10.</summary>
    public static int Compare(string? one, string? other)
    {
        var (a, b) = (Parse(one), Parse(other));
        if (a is null || b is null)
        {
            return (a is null ? 0 : 1) - (b is null ? 0 : 1);
        }
        return Enumerable
            .Range(0, Math.Max(a.Length, b.Length))
            .Select(i => Part(a, i).CompareTo(Part(b, i)))
            .FirstOrDefault(difference => difference != 0);
    }

    private static int Part(int[] parts, int index) => index < parts.Length ? parts[index] : 0;

    private static int[]? Parse(string? version)
    {
        if (version?.Split('.') is not { Length: <= MostParts } parts)
        {
            return null;
        }
        return parts.All(p => p.Length is > 0 and <= MostDigits && p.All(char.IsAsciiDigit))
            ? Array.ConvertAll(parts, p => int.Parse(p, CultureInfo.InvariantCulture))
            : null;
    }
}
