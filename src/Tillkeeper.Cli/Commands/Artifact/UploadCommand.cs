using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Artifact;

internal sealed class UploadCommand : ApiCommand
{
    private readonly Option<string> file = Declare.Required(
        "--file",
        "The bytes that an installer gets at the terminal.",
        "PATH"
    );
    private readonly Option<string> name = Declare.Required(
        "--name",
        "What it is, such as till.",
        "NAME"
    );
    private readonly Option<string> version = Declare.Required(
        "--version",
        "Which one, as dotted numbers such as 2.10.1.",
        "VERSION"
    );
    private readonly Option<string?> org = Declare.Optional(
        "--org",
        "Whose it is: an agent or a merchant; without it, yours.",
        "ID"
    );

    public UploadCommand()
        : base("upload", "Stores what an update brings. The same again is the same.")
    {
        Add(file);
        Add(name);
        Add(version);
        Add(org);
    }

    /// <summary>As long as a large file takes over a slow line.</summary>
    protected override TimeSpan Patience => TimeSpan.FromHours(1);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Put("artifacts")
            .WithQuery("name", line.GetRequiredValue(name))
            .WithQuery("version", line.GetRequiredValue(version))
            .WithQuery("org", line.GetValue(org))
            .WithFile(() => Open(line.GetRequiredValue(file)));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The artifact cannot be read: {e.Message}", e);
        }
    }
}
