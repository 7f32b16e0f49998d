using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Crisis;

internal sealed class UndoCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The crisis, as 'crisis list' shows it."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public UndoCommand()
        : base("undo", "Releases exactly what the crisis locked. Takes two people.")
    {
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("crises", line.GetRequiredValue(id), "undo")
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line(
            $"Crisis {line.GetValue(id)} is being undone; 'crisis show' says how far it is."
        );
}
