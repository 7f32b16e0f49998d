using System.Text;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>
/// Puts frames on the display, each only when it differs from the one before. A terminal gets ANSI sequences; a plain display gets a
/// form feed, which clears it, and the rows.
/// </summary>
internal sealed class TextDisplay(Stream to, Encoding encoding, bool plain) : IDisposable
{
    private const string Hide = "\u001b[?25l";
    private const string Show = "\u001b[?25h";
    private const string Home = "\u001b[H";
    private const string Clear = "\u001b[2J";
    private const string ClearLine = "\u001b[K";
    private string? before;

    public void Put(IReadOnlyList<string> rows)
    {
        var frame = string.Join(
            "\r\n",
            plain
                ? rows
                : rows.Select(
                    (row, i) => i == 0 ? $"\u001b[7m{row}\u001b[0m{ClearLine}" : row + ClearLine
                )
        );
        if (frame == before)
        {
            return;
        }
        var first = before is null ? $"{Hide}{Clear}{Home}" : Home;
        before = frame;
        Write((plain ? "\f" : first) + frame);
    }

    public void Dispose()
    {
        if (!plain && before is not null)
        {
            Write($"\r\n{Show}");
        }
    }

    private void Write(string text)
    {
        to.Write(encoding.GetBytes(text));
        to.Flush();
    }
}
