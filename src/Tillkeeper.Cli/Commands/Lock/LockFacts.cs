using System.CommandLine;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

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

    private readonly Option<string?> at = Declare.Optional(
        "--at",
        "When it is to begin, such as 2026-03-01T18:00:00Z; at once without.",
        "TIME"
    );
    private readonly Option<bool> secondPerson = new("--second-person")
    {
        Description = "Wait for a second person to agree, whatever the limit says.",
    };

    public void AddTo(Command command)
    {
        command.Add(cause);
        command.Add(reason);
        command.Add(scope);
        command.Add(at);
        command.Add(secondPerson);
    }

    public (string Name, JsonNode? Value)[] Fields(ParseResult line) =>
        [
            ("cause", line.GetValue(cause)),
            ("scope", Body.List(line.GetValue(scope))),
            ("reason", line.GetValue(reason)),
            ("at", line.GetValue(at)),
            ("secondPerson", line.GetValue(secondPerson) ? true : null),
        ];

    /// <summary>What became of the request: a batch that waits is followed under its own id.</summary>
    public static string Next(Answer answer, string otherwise) =>
        answer.Document.Text("status") switch
        {
            "scheduled" => "Scheduled; it is judged anew when its time comes: lock schedule list",
            "awaiting_approval" =>
                $"Waits for a second person: lock approve {answer.Document.Text("batchId")}",
            _ => otherwise,
        };
}
