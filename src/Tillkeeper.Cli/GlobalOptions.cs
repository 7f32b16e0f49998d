using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Commands;

namespace Tillkeeper.Cli;

/// <summary>What every command understands: which server, which CA, whose key, which output.</summary>
internal static class GlobalOptions
{
    private const string DefaultServer = "https://127.0.0.1:8443";
    private const string Json = "json";

    private static readonly Option<string> Server = new("--server")
    {
        Description = "Address of the people's door, https only. Environment: TILLKEEPER_SERVER.",
        HelpName = "URL",
        Recursive = true,
        DefaultValueFactory = _ => FromEnvironment("TILLKEEPER_SERVER") ?? DefaultServer,
    };

    private static readonly Option<string?> Ca = Declare.Optional(
        "--ca",
        "PEM file of the server's CA; no other CA is trusted then. Without it, the system's CAs are. "
            + "Environment: TILLKEEPER_CA.",
        "FILE"
    );

    private static readonly Option<string?> Key = Declare.Optional(
        "--key-file",
        "File with an API key in its first line, readable by its owner alone. Environment: TILLKEEPER_KEY_FILE.",
        "FILE"
    );

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description =
            "table for people; json for programs: the server's own document and nothing else.",
        HelpName = "table|json",
        Recursive = true,
        DefaultValueFactory = _ => "table",
    };

    public static void AddTo(RootCommand root)
    {
        Output.AcceptOnlyFromAmong("table", Json);
        Ca.Recursive = true;
        Key.Recursive = true;
        root.Add(Server);
        root.Add(Ca);
        root.Add(Key);
        root.Add(Output);
    }

    public static bool WantsJson(ParseResult line) => line.GetValue(Output) is Json;

    public static TillkeeperClient Connect(ParseResult line, TimeSpan patience) =>
        new(
            Address(line.GetRequiredValue(Server)),
            line.GetValue(Ca) ?? FromEnvironment("TILLKEEPER_CA"),
            KeyFile.Read(
                line.GetValue(Key)
                    ?? FromEnvironment("TILLKEEPER_KEY_FILE")
                    ?? throw new UsageException(
                        "Say who you are: --key-file FILE or TILLKEEPER_KEY_FILE."
                    )
            ),
            patience
        );

    private static Uri Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var server)
        && server.Scheme == Uri.UriSchemeHttps
        && server.UserInfo.Length + server.Query.Length + server.Fragment.Length == 0
            ? server
            : throw new UsageException(
                $"--server must be an address such as {DefaultServer}, not '{text}'."
            );

    private static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
