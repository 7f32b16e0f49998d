using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class CompareCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly (string Field, Option<string?> Option)[] fields =
    [
        ("name", Declare.Optional("--name", "The merchant's name on the papers.")),
        ("number", Declare.Optional("--number", "Credit code or ID number.", "NUMBER")),
        (
            "legalRepresentative",
            Declare.Optional("--legal-representative", "Who represents the shop.")
        ),
        ("serial", Declare.Optional("--serial", "The terminal's serial.", "SERIAL")),
        ("model", Declare.Optional("--model", "The terminal's model.", "MODEL")),
        (
            "settlementLast",
            Declare.Optional("--settlement-last", "Last four digits of the account.", "DIGITS")
        ),
    ];

    public CompareCommand()
        : base(
            "compare",
            "Lays what the papers say beside the file: match, near, differs, missing."
        )
    {
        Add(id);
        foreach (var (_, option) in fields)
        {
            Add(option);
        }
        this.AtLeastOneOf([.. fields.Select(f => f.Option)]);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases", line.GetRequiredValue(id), "comparison")
            .WithJson(
                Body.Of([
                    .. fields.Select(f =>
                        (f.Field, (System.Text.Json.Nodes.JsonNode?)line.GetValue(f.Option))
                    ),
                ])
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
