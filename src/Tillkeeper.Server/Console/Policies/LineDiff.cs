namespace Tillkeeper.Server.Console.Policies;

/// <summary>One line of two texts laid side by side.</summary>
/// <param name="Sign"><c>+</c> new, <c>-</c> gone, blank in both.</param>
internal readonly record struct DiffLine(char Sign, string Text);

/// <summary>What differs between two texts, line by line: the longest common run of lines stays.</summary>
internal static class LineDiff
{
    /// <summary>Beyond this the one text is shown as gone and the other as new: nobody reads such a difference.</summary>
    private const int MostLines = 1500;

    public static IReadOnlyList<DiffLine> Of(string? before, string? after)
    {
        var (a, b) = (LinesOf(before), LinesOf(after));
        if (a.Length > MostLines || b.Length > MostLines)
        {
            return
            [
                .. a.Select(line => new DiffLine('-', line)),
                .. b.Select(line => new DiffLine('+', line)),
            ];
        }
        var common = Common(a, b);
        List<DiffLine> lines = [];
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add(new DiffLine(' ', a[i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new DiffLine('-', a[i++]));
            }
            else
            {
                lines.Add(new DiffLine('+', b[j++]));
            }
        }
        return lines;
    }

    /// <summary>How many lines can stay from here on, for each pair of places.</summary>
    private static int[,] Common(string[] a, string[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] =
                    a[i] == b[j]
                        ? common[i + 1, j + 1] + 1
                        : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        return common;
    }

    private static string[] LinesOf(string? text) =>
        string.IsNullOrEmpty(text) ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
