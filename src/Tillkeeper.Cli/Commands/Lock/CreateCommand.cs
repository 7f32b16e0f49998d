using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock;

internal sealed class CreateCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id("TERMINAL", "The terminal to lock.");
    private readonly LockFacts facts = new();
    private readonly Option<string?> message = Declare.Optional(
        "--message",
        "Words for the terminal's screen."
    );
    private readonly Option<string?> expectedEnd = Declare.Optional(
        "--expected-end",
        "When it should be over, such as 2026-03-01T18:00:00Z.",
        "TIME"
    );

    public CreateCommand()
        : base(
            "create",
            "Orders a lock on one terminal; it holds once the terminal has confirmed it."
        )
    {
        Add(terminal);
        facts.AddTo(this);
        Add(message);
        Add(expectedEnd);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("terminals", line.GetRequiredValue(terminal), "locks")
            .WithJson(
                Body.Of([
                    .. facts.Fields(line),
                    ("message", line.GetValue(message)),
                    ("expectedEnd", line.GetValue(expectedEnd)),
                ])
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line(
            LockFacts.Next(
                answer,
                $"Ordered; pending until the terminal confirms: terminal show {line.GetValue(terminal)}"
            )
        );
    }
}
