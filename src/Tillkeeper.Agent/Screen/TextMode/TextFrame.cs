namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>Everything that a display shows at once: a line that says how things stand, a page, and where one is.</summary>
internal static class TextFrame
{
    /// <summary>The rows, each filled up to the last column.</summary>
    public static string[] Of(TextState state, ITextView view, int columns, int rows)
    {
        var chinese = state.Texts.Language == "zh";
        IEnumerable<string> Wrap(string text) => Cells.Wrap(text, columns, chinese);
        var said = view.Say(state).SelectMany(Wrap).ToList();
        List<string> shown;
        if (view.Typing)
        {
            shown = Typing(state, said, columns, rows, chinese);
        }
        else
        {
            if (state.Notice is { } notice)
            {
                said.InsertRange(0, Wrap(notice));
            }
            shown = Paged(state, said, columns, rows, chinese);
        }
        shown.AddRange(Enumerable.Repeat("", Math.Max(0, rows - shown.Count)));
        return [.. shown.Take(rows).Select(line => Cells.Fit(line, columns, chinese))];
    }

    /// <summary>Fewer rows have none to spare for what stands below.</summary>
    private const int RowsForFooter = 6;

    private static List<string> Paged(
        TextState state,
        List<string> said,
        int columns,
        int rows,
        bool chinese
    )
    {
        var footer = rows >= RowsForFooter;
        var room = rows - (footer ? 2 : 1);
        var pages = Math.Max(1, (said.Count + room - 1) / room);
        state.Page = Math.Clamp(state.Page, 0, pages - 1);
        state.LastPage = pages - 1;
        var page = said.Skip(state.Page * room).Take(room).ToList();
        page.AddRange(Enumerable.Repeat("", room - page.Count));
        var turning =
            pages > 1
                ? $"#{state.Texts["pages.at", ("at", state.Page + 1), ("count", pages)]}"
                : "";
        if (!footer)
        {
            return [Heading(state, state.Page > 0 ? turning : null, columns, chinese), .. page];
        }
        var below = Ends($"0 {state.Texts["menu.more"]}", turning, columns, chinese);
        return [Heading(state, null, columns, chinese), .. page, below];
    }

    /// <summary>What is typed stands in the last row; what there is no room for above it is left out.</summary>
    private static List<string> Typing(
        TextState state,
        List<string> said,
        int columns,
        int rows,
        bool chinese
    ) =>
        said.Count < rows
            ? [Heading(state, null, columns, chinese), .. said]
            : [.. said.Skip(said.Count - rows)];

    /// <param name="instead">What stands at the right end in place of the countdown.</param>
    private static string Heading(TextState state, string? instead, int columns, bool chinese)
    {
        var word = state.Texts[$"state.{state.Word()}"];
        if (state.Lock is not { } shown)
        {
            return Ends(word, instead ?? "", columns, chinese);
        }
        var code =
            state.Locks.Count > 1
                ? state.Texts[
                    "lock.of",
                    ("code", shown.Code),
                    ("at", state.Locks.ToList().IndexOf(shown) + 1),
                    ("count", state.Locks.Count)
                ]
                : shown.Code;
        var left = shown.SecondsLeft is { } seconds
            ? state.Texts["lock.left", ("time", TextLock.Clock(seconds))]
            : "";
        return Ends($"{word} {code}", instead ?? left, columns, chinese);
    }

    /// <summary>One text at the left end of a row, one at the right.</summary>
    private static string Ends(string left, string right, int columns, bool chinese)
    {
        var room = columns - Cells.Of(right, chinese);
        return room <= 0 ? right : Cells.Fit(left, room, chinese) + right;
    }
}
