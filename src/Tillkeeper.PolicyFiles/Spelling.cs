namespace Tillkeeper.PolicyFiles;

/// <summary>What somebody may have meant.</summary>
internal static class Spelling
{
    private const int LongestShown = 60;

    /// <summary>The known word nearest to one that is not known, as a question, or nothing when none is near.</summary>
    public static string Suggest(string given, IEnumerable<string> known)
    {
        var nearest = known
            .Select(word => (Word: word, Steps: Steps(given, word)))
            .OrderBy(w => w.Steps)
            .FirstOrDefault();
        return nearest.Word is { } likely && nearest.Steps <= Math.Max(2, given.Length / 3)
            ? $" did you mean '{likely}'?"
            : "";
    }

    /// <summary>A word from a file, short enough for a line of an error.</summary>
    public static string Shown(string text) =>
        text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    /// <summary>Letters to insert, delete or replace (Levenshtein), whatever their case.</summary>
    private static int Steps(string from, string to)
    {
        if (from.Length > LongestShown)
        {
            return int.MaxValue;
        }
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]);
                var next = Math.Min(
                    Math.Min(row[j] + 1, row[j - 1] + 1),
                    diagonal + (same ? 0 : 1)
                );
                (diagonal, row[j]) = (row[j], next);
            }
        }
        return row[^1];
    }
}
