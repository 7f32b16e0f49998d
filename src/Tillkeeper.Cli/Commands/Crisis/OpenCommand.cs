using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Crisis;

internal sealed class OpenCommand : ApiCommand
{
    private readonly Option<string?> rule = Declare.Optional(
        "--rule",
        "The rule that locks too many.",
        "RULE"
    );
    private readonly Option<string?> batch = Declare.Optional(
        "--batch",
        "The order to many that was wrong.",
        "ID"
    );
    private readonly Option<string?> since = Declare.Optional(
        "--since",
        "What the rule locked from here on; by default, within the breaker's window.",
        "TIME"
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public OpenCommand()
        : base("open", "Opens a crisis by hand, for a rule or for an order to many.")
    {
        Add(rule);
        Add(batch);
        Add(since);
        Add(reason);
        this.ExactlyOneOf(rule, batch);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("crises")
            .WithJson(
                Body.Of(
                    ("rule", line.GetValue(rule)),
                    ("batchId", line.GetValue(batch)),
                    ("since", line.GetValue(since)),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
