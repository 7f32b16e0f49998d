using System.Threading.Channels;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>
/// Keys from a terminal, or as bytes from a serial keypad or another program. Nothing that is typed is echoed.
/// </summary>
internal static class KeyReader
{
    private const int Most = 64;
    private const char Escape = '\u001b';

    /// <summary>The keys as they come; the channel ends with the input.</summary>
    public static ChannelReader<TextKey> Start()
    {
        // Whoever leans on the keypad fills the queue and no more.
        var keys = Channel.CreateBounded<TextKey>(
            new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite }
        );
        var reader = new Thread(() =>
        {
            try
            {
                if (System.Console.IsInputRedirected)
                {
                    ReadBytes(System.Console.In, keys.Writer);
                }
                else
                {
                    ReadTerminal(keys.Writer);
                }
            }
            catch (IOException)
            {
                // The line was cut: the same as its end.
            }
            keys.Writer.TryComplete();
        })
        {
            IsBackground = true,
            Name = "keys",
        };
        reader.Start();
        return keys.Reader;
    }

    private static void ReadTerminal(ChannelWriter<TextKey> keys)
    {
        while (true)
        {
            var pressed = System.Console.ReadKey(intercept: true);
            var key = pressed.Key switch
            {
                ConsoleKey.Enter => new TextKey(KeyKind.Enter),
                ConsoleKey.Escape => new TextKey(KeyKind.Cancel),
                ConsoleKey.Backspace => new TextKey(KeyKind.Erase),
                ConsoleKey.Delete or ConsoleKey.Clear => new TextKey(KeyKind.Clear),
                ConsoleKey.UpArrow or ConsoleKey.PageUp => new TextKey(KeyKind.Up),
                ConsoleKey.DownArrow or ConsoleKey.PageDown => new TextKey(KeyKind.Down),
                _ => Of(pressed.KeyChar),
            };
            keys.TryWrite(key);
        }
    }

    private static void ReadBytes(TextReader input, ChannelWriter<TextKey> keys)
    {
        int read;
        while ((read = input.Read()) >= 0)
        {
            var key = read == Escape && input.Peek() == '[' ? Arrow(input) : Of((char)read);
            keys.TryWrite(key);
        }
    }

    /// <summary>ESC [ A is up, ESC [ B is down; anything else of that kind is nothing.</summary>
    private static TextKey Arrow(TextReader input)
    {
        _ = input.Read();
        return input.Read() switch
        {
            'A' => new TextKey(KeyKind.Up),
            'B' => new TextKey(KeyKind.Down),
            _ => default,
        };
    }

    private static TextKey Of(char typed) =>
        typed switch
        {
            '\r' or '\n' => new TextKey(KeyKind.Enter),
            Escape => new TextKey(KeyKind.Cancel),
            '\b' or '\u007f' => new TextKey(KeyKind.Erase),
            '\u0018' => new TextKey(KeyKind.Clear), // CAN
            _ => new TextKey(KeyKind.Character, typed),
        };
}
