using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Key;

internal sealed class CreateCommand : ApiCommand
{
    private readonly Option<string> name = Declare.Required(
        "--name",
        "Name of the person who will use the key."
    );
    private readonly Option<string> role = Declare.Required(
        "--role",
        "What the person may do: admin, helpdesk, risk, fleet, auditor, agent or merchant.",
        "ROLE"
    );
    private readonly Option<string?> org = Declare.Optional(
        "--org",
        "Limit the person to this part of the tree.",
        "ID"
    );
    private readonly Option<string?> destination = Declare.Optional(
        "--out",
        "Write the key to this new file, readable by you alone, and do not show it. No file is overwritten.",
        "FILE"
    );

    public CreateCommand()
        : base("create", "Makes an API key for one person. The key is shown only this once.")
    {
        Add(name);
        Add(role);
        Add(org);
        Add(destination);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("keys")
            .WithJson(
                Body.Of(
                    ("name", line.GetValue(name)),
                    ("role", line.GetValue(role)),
                    ("org", line.GetValue(org))
                )
            );

    protected override async Task<Answer> AskAsync(
        TillkeeperClient client,
        ParseResult line,
        CancellationToken cancellation
    )
    {
        if (line.GetValue(destination) is not { } path)
        {
            var shown = await base.AskAsync(client, line, cancellation);
            Key(shown);
            return shown;
        }

        using var file = SecretFile.Reserve(path);
        var answer = await base.AskAsync(client, line, cancellation);
        Keep(file, answer);
        return answer.Without("key");
    }

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line(
            line.GetValue(destination) is { } path
                ? $"The key is in {path}."
                : "Keep the key now: it is not shown again."
        );
    }

    private static void Keep(SecretFile file, Answer answer)
    {
        try
        {
            file.Keep(Key(answer));
        }
        catch (IOException e)
        {
            var id = answer.Document.Text("id");
            throw new UsageException(
                $"The key {id} was made but could not be written: {e.Message} Revoke it: tillkeeper key revoke {id}",
                e
            );
        }
    }

    private static string Key(Answer answer) =>
        ShownOnce.Require(
            answer,
            "key",
            $"revoke the key ({answer.Document.Text("id")}) and make another."
        );
}
