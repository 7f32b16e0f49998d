using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Commands.Lock;

/// <summary>What every lock ordered by a person says: cause, scope, reason.</summary>
internal sealed class LockFacts
{
    private readonly Option<string> cause = Declare.WithDefault(
        "--cause",
        "remote",
        "Why it locks, in the system's words, such as remote or anomaly.",
        "CAUSE"
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why, in yours; it goes on the record."
    );
    private readonly Option<string[]?> scope = Declare.Several(
        "--scope",
        "Only these capabilities, such as card_payment,refund; without it, what the cause locks by default."
    );

    public void AddTo(Command command)
    {
        command.Add(cause);
        command.Add(reason);
        command.Add(scope);
    }

    public (string Name, JsonNode? Value)[] Fields(ParseResult line) =>
        [
            ("cause", line.GetValue(cause)),
            ("scope", Body.List(line.GetValue(scope))),
            ("reason", line.GetValue(reason)),
        ];
}
