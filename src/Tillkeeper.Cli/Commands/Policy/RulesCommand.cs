using System.CommandLine;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Policy;

internal sealed class RulesCommand : ApiCommand
{
    private static readonly string[] Effects = ["shadow", "warnings", "questions", "locks"];

    public RulesCommand()
        : base("rules", "Shows each rule, its mode and what it found in the last day and month.")
    { }

    protected override ApiRequest Request(ParseResult line) => ApiRequest.Get("policies", "rules");

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Table(
            [
                "rule",
                "code",
                "mode",
                "then",
                .. Effects.Select(e => $"{e} day"),
                .. Effects.Select(e => $"{e} month"),
            ],
            answer
                .Document.Objects("items")
                .Select(rule =>
                    (string[])
                        [
                            rule.Text("rule"),
                            rule.Text("code"),
                            Mode(rule),
                            rule.Text("then"),
                            .. Effects.Select(e => Count(rule, $"lastDay.{e}")),
                            .. Effects.Select(e => Count(rule, $"lastMonth.{e}")),
                        ]
                )
        );
        screen.Line("Each count: terminals/findings. Shadow: what would have come of it.");
    }

    private static string Mode(JsonObject rule) =>
        rule.Text("forcedBy") is { Length: > 0 } crisis
            ? $"{rule.Text("mode")} (crisis {crisis})"
            : rule.Text("mode");

    private static string Count(JsonObject rule, string path) =>
        $"{rule.Text($"{path}.terminals")}/{rule.Text($"{path}.findings")}";
}
