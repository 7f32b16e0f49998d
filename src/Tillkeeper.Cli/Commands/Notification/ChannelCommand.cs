using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Notification;

internal sealed class ChannelCommand : ApiCommand
{
    private readonly Argument<string> name = Declare.Id("NAME", "Its name, of a-z, 0-9 and -.");
    private readonly Option<string> file = Declare.Required(
        "--file",
        "A JSON file with everything about it: what holds secrets does not belong on a command line.",
        "PATH"
    );

    public ChannelCommand()
        : base("channel", "Sets up a mail server or a gateway, or changes one as a whole.")
    {
        Add(name);
        Add(file);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Put("notifications", "channels", line.GetRequiredValue(name))
            .WithJson(Read(line.GetRequiredValue(file)));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Channel {line.GetValue(name)} is set; try it with 'notification test'.");

    private static JsonObject Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonNode.Parse(stream) as JsonObject
                ?? throw new UsageException($"The file {path} holds no JSON object.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The channel's file cannot be read: {e.Message}", e);
        }
        // Its message quotes what it stumbled over, which may be a secret.
        catch (JsonException e)
        {
            throw new UsageException($"The file {path} is no JSON (line {e.LineNumber + 1}).");
        }
    }
}
