using System.CommandLine;

namespace Tillkeeper.Cli.Commands.Policy;

/// <summary>A target and a file for it.</summary>
internal sealed class PolicyOptions
{
    private readonly Option<string> target = Target();
    private readonly Argument<string> file = Declare.Id(
        "FILE",
        "The policy file; checked here before it is sent."
    );

    public static Option<string> Target() =>
        Declare.Required(
            "--target",
            "provider, org:ID, merchant:ID, store:MERCHANT:NAME, model:NAME or terminal:ID.",
            "TARGET"
        );

    public void AddTo(Command command)
    {
        command.Add(target);
        command.Add(file);
    }

    public string TargetOf(ParseResult line) => line.GetRequiredValue(target);

    public string DocumentOf(ParseResult line) =>
        LocalFile.ReadValid(line.GetRequiredValue(file)).Text;
}
