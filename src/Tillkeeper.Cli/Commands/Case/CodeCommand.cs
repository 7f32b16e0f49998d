using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class CodeCommand : ApiCommand
{
    private const int GroupLength = 4;

    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<string> challenge = Declare.Required(
        "--challenge",
        "The challenge on the terminal's screen, read out by the caller."
    );

    public CodeCommand()
        : base(
            "code",
            "Shows the one-time code that opens a lock at the terminal. It is shown only this once."
        )
    {
        Add(id);
        Add(challenge);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases", line.GetRequiredValue(id), "offline-code")
            .WithJson(Body.Of(("challenge", line.GetValue(challenge))));

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        var groups = answer
            .Document.Text("code")
            .Chunk(GroupLength)
            .Select(group => new string(group));
        screen.Line($"code:    {string.Join(' ', groups)}");
        screen.Line($"expires: {answer.Document.Text("expiresAt")}");
    }

    protected override void Conclude(Answer answer) =>
        ShownOnce.Require(
            answer,
            "code",
            "ask for a new challenge at the terminal and try again with it."
        );
}
