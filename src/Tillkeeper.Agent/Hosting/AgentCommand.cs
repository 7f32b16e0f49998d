using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Net;
using Tillkeeper.Agent.Screen.TextMode;
using Tillkeeper.Agent.Updates;

namespace Tillkeeper.Agent.Hosting;

/// <summary>The command line of the agent.</summary>
internal static class AgentCommand
{
    /// <summary>Parses <paramref name="args"/> and runs; usage errors go to stderr and end with <see cref="ExitCodes.Usage"/>.</summary>
    public static async Task<int> RunAsync(
        string[] args,
        Func<AgentOptions, CancellationToken, Task<int>> run
    )
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder for identity and journal; one agent each.",
            HelpName = "DIR",
            Required = true,
        };
        var server = new Option<Uri>("--server")
        {
            Description = "The terminals' door of the server.",
            HelpName = "URL",
            Required = true,
            CustomParser = ParseServer,
        };
        var ca = new Option<string>("--ca")
        {
            Description = "The server's CA certificate (PEM).",
            HelpName = "FILE",
            Required = true,
        };
        var enrol = new Option<string?>("--enrol")
        {
            Description = "Enrolment code; ignored once DIR holds an identity.",
            HelpName = "CODE",
        };
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "Where the local API answers; loopback only, port 0 picks a free one.",
            HelpName = "http://127.0.0.1:PORT",
            Required = true,
            CustomParser = ParseListen,
        };
        var hooks = new Option<string?>("--hooks")
        {
            Description =
                "Folder with lock-begun.d and lock-ended.d: what runs when a lock begins and ends.",
            HelpName = "DIR",
        };
        var probes = new Option<string?>("--probes")
        {
            Description = "Folder with the commands that a policy may name to test a part.",
            HelpName = "DIR",
        };
        var sysfs = new Option<string>("--sysfs")
        {
            Description = "Root of what the machine tells of its parts.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "/",
        };
        var software = Optional(
            "--software",
            "DIR",
            "Folder with slots/ and current: what updates."
        );
        var installer = Optional(
            "--installer",
            "CMD",
            "Fills an empty slot from an artifact: CMD ARTIFACT SLOT."
        );
        var healthCheck = Optional(
            "--health-check",
            "CMD",
            "Says whether the new version works: CMD SLOT."
        );
        var ordersFrom = Optional(
            "--orders-from",
            "DIR",
            "Where a stick or a card with orders is mounted; read, never written."
        );
        var model = Optional("--model", "NAME", "Which model this is, for instructions.");
        var content = Optional("--content", "DIR", "Folder with the texts for people.");
        var root = new RootCommand("Tillkeeper's program on the terminal.")
        {
            data,
            server,
            ca,
            enrol,
            listen,
            hooks,
            probes,
            sysfs,
            software,
            installer,
            healthCheck,
            ordersFrom,
            model,
            content,
            TextScreenCommand.Create(),
        };
        root.Validators.Add(line =>
        {
            Option<string?>[] together = [software, installer, healthCheck];
            if (together.Count(option => line.GetResult(option) is not null) is 1 or 2)
            {
                line.AddError("--software, --installer and --health-check belong together.");
            }
        });
        root.SetAction(
            (line, stop) =>
                run(
                    new AgentOptions(
                        line.GetRequiredValue(data),
                        line.GetRequiredValue(server),
                        line.GetRequiredValue(ca),
                        line.GetValue(enrol),
                        line.GetRequiredValue(listen),
                        line.GetValue(hooks),
                        line.GetValue(probes),
                        line.GetRequiredValue(sysfs),
                        line.GetValue(software) is { } folder
                            ? new UpdateOptions(
                                Path.GetFullPath(folder),
                                Path.GetFullPath(line.GetRequiredValue(installer)!),
                                Path.GetFullPath(line.GetRequiredValue(healthCheck)!)
                            )
                            : null,
                        line.GetValue(ordersFrom),
                        line.GetValue(model),
                        line.GetValue(content)
                    ),
                    stop
                )
        );
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }
            return ExitCodes.Usage;
        }
        // The host itself listens for SIGTERM and stops in order.
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }
        );
    }

    private static Option<string?> Optional(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    private static Uri? ParseServer(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme == Uri.UriSchemeHttps
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        )
        {
            return url;
        }
        result.AddError($"--server: '{text}' must be https://HOST:PORT.");
        return null;
    }

    private static IPEndPoint? ParseListen(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme == Uri.UriSchemeHttp
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            && (url.Host == "localhost" ? IPAddress.Loopback : Literal(url)) is { } address
            && IPAddress.IsLoopback(address)
        )
        {
            return new IPEndPoint(address, url.Port);
        }
        result.AddError(
            $"--listen: '{text}' must be http://127.0.0.1:PORT; the local API is for this machine alone."
        );
        return null;
    }

    private static IPAddress? Literal(Uri url) =>
        IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : null;
}
