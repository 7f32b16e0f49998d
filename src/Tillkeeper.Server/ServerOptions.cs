using System.CommandLine;
using Tillkeeper.Server.Backups;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server;

/// <summary>How the server is started; see <c>--help</c>.</summary>
/// <param name="Data">The folder that holds everything: database, exports, checkpoints.</param>
/// <param name="People">Where the people's door listens.</param>
/// <param name="Terminals">Where the terminals' door listens.</param>
/// <param name="MasterKey">The file that seals every secret; null means one in <paramref name="Data"/>.</param>
/// <param name="AddressDatabase">A file that says whose an address is; null when none is kept.</param>
internal sealed record ServerOptions(
    string Data,
    Uri People,
    Uri Terminals,
    string? MasterKey,
    string? AddressDatabase = null
)
{
    /// <summary>Webhooks may go to private and loopback addresses too, and to loopback ones without TLS.</summary>
    public bool WebhookPrivateNetworks { get; init; }

    /// <summary>The domain that passkeys are made for: the people's door's, or <c>localhost</c> where that is an address.</summary>
    public string PasskeyDomain =>
        People.HostNameType == UriHostNameType.Dns ? People.IdnHost : "localhost";

    /// <summary>Where phones find the people's door from outside, when that is not where it listens: behind a proxy, by a public name.</summary>
    public Uri? Portal { get; init; }

    public Uri PublicPortal => Portal ?? People;

    /// <summary>A folder of instructions instead of those that come with the program.</summary>
    public string? Instructions { get; init; }

    /// <summary>Folder of diagnosis trees; null for those that come with the server.</summary>
    public string? Diagnosis { get; init; }

    public WebhookPacing Webhooks { get; init; } = new();

    public NotificationPacing Notifications { get; init; } = new();

    /// <summary>A folder with texts of the operator's own; null: those that come with the program.</summary>
    public string? NotificationTemplates { get; init; }

    /// <summary>Parses the command line and runs <paramref name="run"/>; a wrong line ends with 2 and says what is wrong.</summary>
    public static int Parse(string[] args, Func<ServerOptions, int> run)
    {
        Option<DirectoryInfo> data = new("--data")
        {
            Description = "Folder of the server's data.",
            Required = true,
        };
        var people = Url(
            "--people",
            "https://127.0.0.1:8443",
            "Where people, the CLI and the API come in."
        );
        var terminals = Url("--terminals", "https://127.0.0.1:8444", "Where terminals come in.");
        Option<FileInfo?> masterKey = new("--master-key")
        {
            Description =
                "File with the key that seals all secrets (default: made in the data folder).",
        };
        Option<bool> webhookPrivate = new("--webhook-private-networks")
        {
            Description =
                "Let webhooks and notifications go to private and loopback addresses too, and to loopback ones by plain http.",
        };
        Option<FileInfo?> addresses = new("--address-database")
        {
            Description =
                "File that says whose an address is: start,end,country,asn,name a line (default: none).",
        };
        Option<Uri?> portal = new("--portal")
        {
            Description =
                "Public https address of the people's door, shown as a QR code on lock screens (default: --people).",
            CustomParser = given =>
                Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var url)
                && url.Scheme == Uri.UriSchemeHttps
                    ? url
                    : Refused(given),
        };
        Option<DirectoryInfo?> instructions = new("--instructions")
        {
            Description =
                "Folder of instructions by brand and model (default: those that come with the program).",
        };
        Option<DirectoryInfo?> diagnosis = new("--diagnosis")
        {
            Description =
                "Folder with diagnosis trees, instead of those that come with the server.",
        };
        Option<DirectoryInfo?> templates = new("--notification-templates")
        {
            Description =
                "Folder with texts of your own for notifications, KIND.AUDIENCE.LANGUAGE.md (default: none).",
        };
        RootCommand root = new("Tillkeeper server")
        {
            data,
            people,
            terminals,
            masterKey,
            webhookPrivate,
            addresses,
            diagnosis,
            instructions,
            templates,
            portal,
        };
        root.Subcommands.Add(BackupCommand.Make());
        root.SetAction(parsed =>
            run(
                new ServerOptions(
                    parsed.GetRequiredValue(data).FullName,
                    new Uri(parsed.GetRequiredValue(people)),
                    new Uri(parsed.GetRequiredValue(terminals)),
                    parsed.GetValue(masterKey)?.FullName,
                    parsed.GetValue(addresses)?.FullName
                )
                {
                    Instructions = parsed.GetValue(instructions)?.FullName,
                    WebhookPrivateNetworks = parsed.GetValue(webhookPrivate),
                    Portal = parsed.GetValue(portal),
                    Diagnosis = parsed.GetValue(diagnosis)?.FullName,
                    NotificationTemplates = parsed.GetValue(templates)?.FullName,
                }
            )
        );
        var result = root.Parse(args);
        return result.Errors.Count > 0 ? Usage(result) : result.Invoke();
    }

    private static Uri? Refused(System.CommandLine.Parsing.ArgumentResult given)
    {
        given.AddError("--portal needs an https URL such as https://pay.example.com.");
        return null;
    }

    private static int Usage(ParseResult result)
    {
        foreach (var error in result.Errors)
        {
            System.Console.Error.WriteLine(error.Message);
        }
        return 2;
    }

    private static Option<string> Url(string name, string fallback, string description)
    {
        Option<string> option = new(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
        };
        option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (
                !Uri.TryCreate(text, UriKind.Absolute, out var url)
                || url.Scheme != Uri.UriSchemeHttps
            )
            {
                result.AddError($"{name} needs an https URL such as {fallback}; TLS is never off.");
            }
        });
        return option;
    }
}
