using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class AttachCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<string> kind = Declare.Required(
        "--kind",
        "What the document is, such as business_licence, identity_card or terminal_photo.",
        "KIND"
    );
    private readonly Option<string> file = Declare.Required(
        "--file",
        "The document: a picture or a PDF.",
        "PATH"
    );

    public AttachCommand()
        : base("attach", "Attaches a document to a case. Whoever does cannot decide the case.")
    {
        Add(id);
        Add(kind);
        Add(file);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Put("cases", line.GetRequiredValue(id), "documents", line.GetRequiredValue(kind))
            .WithFile(() => Open(line.GetRequiredValue(file)));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"{line.GetValue(kind)} is attached to case {line.GetValue(id)}.");

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The document cannot be read: {e.Message}", e);
        }
    }
}
