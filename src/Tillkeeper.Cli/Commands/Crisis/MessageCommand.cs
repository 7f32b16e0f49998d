using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Crisis;

internal sealed class MessageCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The crisis, as 'crisis list' shows it."
    );
    private readonly Option<string> text = Declare.Required(
        "--text",
        "What every shop concerned reads beside its lock."
    );

    public MessageCommand()
        : base("message", "Tells every shop concerned the same; replaces what was told before.")
    {
        Add(id);
        Add(text);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("crises", line.GetRequiredValue(id), "message")
            .WithJson(Body.Of(("text", line.GetValue(text))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Every shop that crisis {line.GetValue(id)} locked reads it now.");
}
