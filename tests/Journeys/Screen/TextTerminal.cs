using System.Diagnostics;
using System.Text;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Screen;

/// <summary>The lock screen's text mode as a real process, on a display of characters with a keypad.</summary>
internal sealed class TextTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Process process;
    private readonly StringBuilder shown = new();

    public TextTerminal(string agent, string language, int columns, int rows)
    {
        process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    RunningProgram.PathOf("Tillkeeper.Agent"),
                    "screen",
                    "--agent",
                    agent,
                    "--plain",
                    "--lang",
                    language,
                    "--columns",
                    $"{columns}",
                    "--rows",
                    $"{rows}",
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardOutputEncoding = new UTF8Encoding(false),
            }
        )!;
        _ = ReadAsync();
    }

    /// <summary>Everything that it has ever shown.</summary>
    public string All
    {
        get
        {
            lock (shown)
            {
                return shown.ToString();
            }
        }
    }

    /// <summary>What stands on the display now.</summary>
    public string Frame => All[(All.LastIndexOf('\f') + 1)..];

    public async Task Press(string keys)
    {
        await process.StandardInput.WriteAsync(keys);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until a frame holds a text, and gives that frame.</summary>
    public async Task<string> Until(string text)
    {
        var end = Stopwatch.StartNew();
        while (end.Elapsed < Patience)
        {
            var frame = Frame;
            if (frame.Contains(text, StringComparison.Ordinal))
            {
                return frame;
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"'{text}' was not shown; the display says:\n{Frame}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[1024];
        while (await process.StandardOutput.ReadAsync(buffer) is > 0 and var read)
        {
            lock (shown)
            {
                shown.Append(buffer, 0, read);
            }
        }
    }
}
