using System.CommandLine;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Order;

internal sealed class ExportCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id(
        "TERMINAL",
        "The terminal the orders are for."
    );
    private readonly Option<string> destination = Declare.Required(
        "--out",
        "File to write, ready to be carried to the terminal; an older one is replaced.",
        "FILE"
    );

    public ExportCommand()
        : base(
            "export",
            "Writes the signed orders to a file, for a terminal that the network does not reach."
        )
    {
        Add(terminal);
        Add(destination);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Get("terminals", line.GetRequiredValue(terminal), "orders")
            .WithQuery("format", "jws");

    protected override async Task<Answer> AskAsync(
        TillkeeperClient client,
        ParseResult line,
        CancellationToken cancellation
    )
    {
        var answer = await base.AskAsync(client, line, cancellation);
        if (answer.Document.Find("orders") is not JsonArray)
        {
            throw new ServerUnreachableException("The server sent no orders; nothing was written.");
        }

        await WriteAsync(line.GetRequiredValue(destination), answer.Text, cancellation);
        return answer;
    }

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line(
            $"{(answer.Document.Find("orders") as JsonArray)?.Count} orders are in {line.GetValue(destination)}."
        );

    // Half a file on a stick would be found out only at the terminal.
    private static async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        var unfinished = path + ".part";
        try
        {
            await File.WriteAllTextAsync(unfinished, text, cancellation);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The orders cannot be written: {e.Message}", e);
        }
        finally
        {
            Discard(unfinished);
        }
    }

    private static void Discard(string unfinished)
    {
        if (File.Exists(unfinished))
        {
            File.Delete(unfinished);
        }
    }
}
