using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Commands.Terminal;

/// <summary>What is known of a terminal before it is let in; the same for one and for an import.</summary>
internal sealed class TerminalFacts
{
    private readonly Option<string> merchant = Declare.Required(
        "--merchant",
        "Whose terminal it is.",
        "ID"
    );
    private readonly Option<string> model = Declare.Required(
        "--model",
        "Model as its maker names it.",
        "MODEL"
    );
    private readonly Option<string?> externalId = Declare.Optional(
        "--external-id",
        "What another system calls this terminal.",
        "ID"
    );
    private readonly Option<string?> acquirer = Declare.Optional(
        "--acquirer",
        "Acquirer it trades for; with --mid and --tid.",
        "NAME"
    );
    private readonly Option<string?> mid = Declare.Optional(
        "--mid",
        "Merchant number at the acquirer.",
        "NUMBER"
    );
    private readonly Option<string?> tid = Declare.Optional(
        "--tid",
        "Terminal number at the acquirer.",
        "NUMBER"
    );

    public Option<string> Serial { get; } =
        Declare.Required("--serial", "Serial number on its label.", "SERIAL");

    public void AddTo(Command command)
    {
        command.Add(Serial);
        command.Add(merchant);
        command.Add(model);
        command.Add(externalId);
        command.Add(acquirer);
        command.Add(mid);
        command.Add(tid);
        command.AllOrNoneOf(acquirer, mid, tid);
    }

    public JsonObject BodyWith(ParseResult line, string? serial) =>
        Body.Of(
            ("serial", serial),
            ("merchantId", line.GetValue(merchant)),
            ("model", line.GetValue(model)),
            ("externalId", line.GetValue(externalId)),
            ("bindings", Bindings(line))
        );

    private JsonArray? Bindings(ParseResult line) =>
        line.GetValue(acquirer) is { } name
            ? new JsonArray(
                Body.Of(
                    ("acquirer", name),
                    ("mid", line.GetValue(mid)),
                    ("tid", line.GetValue(tid))
                )
            )
            : null;
}
