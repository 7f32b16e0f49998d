using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Campaign;

internal sealed class CreateCommand : ApiCommand
{
    private readonly Option<string> name = Declare.Required("--name", "What it is called.");
    private readonly Option<string> artifact = Declare.Required(
        "--artifact",
        "What to install, as 'artifact list' shows it.",
        "ID"
    );
    private readonly Option<string?> merchant = Declare.Optional(
        "--merchant",
        "All of this merchant's.",
        "ID"
    );
    private readonly Option<string?> org = Declare.Optional(
        "--org",
        "All in this part of the tree.",
        "ID"
    );
    private readonly Option<string?> model = Declare.Optional(
        "--model",
        "All of this model.",
        "MODEL"
    );
    private readonly Option<string[]?> terminals = Declare.Several(
        "--terminals",
        "Exactly these terminals."
    );
    private readonly Option<string[]?> groups = Declare.Several(
        "--groups",
        "Groups as SHARE:SUCCESS:ERROR, such as 0.01:1:0.1,1:0.95:0.05; the last takes the rest."
    );
    private readonly Option<string?> window = Declare.Optional(
        "--window",
        "When, as FROM/DURATION[/ZONE], such as 02:00/PT3H/Asia/Shanghai.",
        "WINDOW"
    );
    private readonly Option<string[]?> days = Declare.Several(
        "--days",
        "On these days only, such as tue,wed."
    );
    private readonly Option<string?> forcedAfter = Declare.Optional(
        "--forced-after",
        "How long it waits for the window, such as P3D; without it, for ever.",
        "DURATION"
    );
    private readonly Option<bool> downgrade = new("--downgrade")
    {
        Description = "Versions are meant to go back; a second person must resume it then.",
    };
    private readonly Option<string?> reason = Declare.Optional(
        "--reason",
        "Why; it goes on the record."
    );
    private readonly Option<bool> preview = new("--preview")
    {
        Description = "Only count the terminals; offer nothing.",
    };

    public CreateCommand()
        : base("create", "Rolls an artifact out, group by group. Count first with --preview.")
    {
        foreach (
            var option in (Option[])
                [
                    name,
                    artifact,
                    merchant,
                    org,
                    model,
                    terminals,
                    groups,
                    window,
                    days,
                    forcedAfter,
                    downgrade,
                    reason,
                    preview,
                ]
        )
        {
            Add(option);
        }
        this.AtLeastOneOf(merchant, org, model, terminals);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("campaigns")
            .WithQuery("preview", line.GetValue(preview) ? "true" : null)
            .WithJson(
                Body.Of(
                    ("name", line.GetRequiredValue(name)),
                    ("artifact", line.GetRequiredValue(artifact)),
                    (
                        "selector",
                        Body.Of(
                            ("merchantId", line.GetValue(merchant)),
                            ("org", line.GetValue(org)),
                            ("model", line.GetValue(model)),
                            ("terminals", Body.List(line.GetValue(terminals)))
                        )
                    ),
                    ("groups", Groups(line)),
                    ("window", Window(line)),
                    ("forcedAfter", line.GetValue(forcedAfter)),
                    ("downgrade", line.GetValue(downgrade) ? true : null),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line(
            line.GetValue(preview)
                ? "Only counted; nothing is offered."
                : $"It runs; watch it: campaign show {answer.Document.Text("id")}"
        );
    }

    private JsonArray? Groups(ParseResult line) =>
        line.GetValue(groups) is { Length: > 0 } given
            ? new JsonArray([.. given.Select(Group)])
            : null;

    private static JsonObject Group(string text)
    {
        var parts = text.Split(':');
        var numbers = parts
            .Select(p =>
                double.TryParse(
                    p,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : throw new UsageException(
                        $"--groups: '{text}' must be SHARE:SUCCESS:ERROR, such as 0.1:0.95:0.05."
                    )
            )
            .ToArray();
        return numbers is [var share, var success, var error]
            ? Body.Of(("share", share), ("success", success), ("error", error))
            : throw new UsageException(
                $"--groups: '{text}' must be SHARE:SUCCESS:ERROR, such as 0.1:0.95:0.05."
            );
    }

    private JsonObject? Window(ParseResult line)
    {
        if (line.GetValue(window) is not { } text)
        {
            return null;
        }
        if (text.Split('/', 3) is not [var from, var duration, .. var zone])
        {
            throw new UsageException(
                $"--window: '{text}' must be FROM/DURATION[/ZONE], such as 02:00/PT3H/Asia/Shanghai."
            );
        }
        return Body.Of(
            ("from", from),
            ("duration", duration),
            ("zone", zone.FirstOrDefault()),
            ("days", Body.List(line.GetValue(days)))
        );
    }
}
