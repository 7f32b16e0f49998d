using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Text;
using Tillkeeper.Core.Locks.Texts;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary><c>screen</c>: the lock screen for a terminal or a serial display, beside a running agent.</summary>
internal static class TextScreenCommand
{
    private const int FewestColumns = 16;
    private const int FewestRows = 4;
    private const int Most = 400;

    public static Command Create()
    {
        var agent = new Option<Uri>("--agent")
        {
            Description = "Where the agent's local API answers; loopback only.",
            HelpName = "http://127.0.0.1:PORT",
            Required = true,
            CustomParser = ParseAgent,
        };
        var columns = Size(
            "--columns",
            FewestColumns,
            "Characters a row; a Chinese one counts as two."
        );
        var rows = Size("--rows", FewestRows, "Rows of the display.");
        var plain = new Option<bool>("--plain")
        {
            Description = "No ANSI sequences: a form feed, then the rows.",
        };
        var language = new Option<string?>("--lang")
        {
            Description = "zh or en; otherwise as the environment says.",
            HelpName = "LANGUAGE",
        };
        language.AcceptOnlyFromAmong("zh", "en");
        var encoding = new Option<string>("--encoding")
        {
            Description =
                "What the display reads: utf-8, or gb18030 for one of the Chinese market.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "utf-8",
        };
        encoding.AcceptOnlyFromAmong("utf-8", "gb18030");
        var command = new Command("screen", "The lock screen for a terminal or a serial display.")
        {
            agent,
            columns,
            rows,
            plain,
            language,
            encoding,
        };
        command.SetAction(
            (line, stop) =>
                RunAsync(
                    line.GetRequiredValue(agent),
                    line.GetValue(columns),
                    line.GetValue(rows),
                    line.GetValue(plain),
                    line.GetValue(language) ?? OfEnvironment(),
                    line.GetRequiredValue(encoding),
                    stop
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Uri agent,
        int? columns,
        int? rows,
        bool plain,
        string language,
        string encoding,
        CancellationToken stop
    )
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var local = new LocalAgent(agent, language);
        var output = System.Console.OpenStandardOutput();
        await using (output)
        {
            using var display = new TextDisplay(
                output,
                encoding == "utf-8" ? new UTF8Encoding(false) : Encoding.GetEncoding(encoding),
                plain
            );
            try
            {
                await new TextScreen(
                    new TextState(ScreenTexts.In(language), local),
                    KeyReader.Start(),
                    display,
                    columns ?? OfTerminal(System.Console.WindowWidth, 40),
                    rows ?? OfTerminal(System.Console.WindowHeight, 8)
                ).RunAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Told to stop: the way it usually ends.
            }
        }
        return Hosting.ExitCodes.Done;
    }

    /// <summary>What the terminal says of its size, where there is one.</summary>
    private static int OfTerminal(int said, int otherwise) =>
        System.Console.IsOutputRedirected || said <= 0 ? otherwise : Math.Min(said, Most);

    private static string OfEnvironment()
    {
        var wish = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }
            .Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return LockExplainer.Choose(wish?.Split('_')[0].Split('.')[0]).TwoLetterISOLanguageName;
    }

    private static Option<int?> Size(string name, int fewest, string description)
    {
        var size = new Option<int?>(name) { Description = description, HelpName = "N" };
        size.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is { } n && (n < fewest || n > Most))
            {
                given.AddError($"{name}: give {fewest} to {Most}.");
            }
        });
        return size;
    }

    private static Uri? ParseAgent(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme == Uri.UriSchemeHttp
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && (
                url.Host == "localhost"
                || (IPAddress.TryParse(url.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip))
            )
        )
        {
            return url;
        }
        result.AddError($"--agent: '{text}' must be http://127.0.0.1:PORT, on this machine.");
        return null;
    }
}
