using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Key;

internal sealed class RevokeCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The key, as 'key list' shows it.");

    public RevokeCommand()
        : base("revoke", "Revokes an API key at once and for good.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Delete("keys", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Key {line.GetValue(id)} is revoked.");
}
