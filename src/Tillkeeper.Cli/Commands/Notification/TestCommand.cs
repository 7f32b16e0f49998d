using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Notification;

internal sealed class TestCommand : ApiCommand
{
    private readonly Argument<string> channel = Declare.Id("CHANNEL", "Its name.");
    private readonly Option<string?> to = Declare.Optional(
        "--to",
        "The phone number or e-mail address to send to; not for a group.",
        "ADDRESS"
    );
    private readonly Option<string?> language = Declare.Optional("--language", "zh or en.", "WORD");

    public TestCommand()
        : base("test", "Sends a test over a channel, now.")
    {
        Add(channel);
        Add(to);
        Add(language);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("notifications", "channels", line.GetRequiredValue(channel), "test")
            .WithJson(Body.Of(("to", line.GetValue(to)), ("language", line.GetValue(language))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Channel {line.GetValue(channel)} has taken it.");
}
