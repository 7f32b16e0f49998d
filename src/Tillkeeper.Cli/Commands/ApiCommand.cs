using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands;

/// <summary>A command that asks the server one thing. It says what to ask and how to show the answer.</summary>
internal abstract class ApiCommand : Command
{
    protected ApiCommand(string name, string description)
        : base(name, description) => SetAction(RunAsync);

    protected abstract ApiRequest Request(ParseResult line);

    /// <summary>Shows the answer to a person; not called for <c>-o json</c>.</summary>
    protected abstract void Show(ParseResult line, Answer answer, Screen screen);

    /// <summary>How long the answer may take.</summary>
    protected virtual TimeSpan Patience => TillkeeperClient.DefaultTimeout;

    protected virtual Task<Answer> AskAsync(
        TillkeeperClient client,
        ParseResult line,
        CancellationToken cancellation
    ) => client.SendAsync(Request(line), cancellation);

    /// <summary>Looks at an answer that has been shown; throws when it is not what was wanted.</summary>
    protected virtual void Conclude(Answer answer) { }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var streams = line.InvocationConfiguration;
        try
        {
            using var client = GlobalOptions.Connect(line, Patience);
            var answer = await AskAsync(client, line, cancellation);
            await WriteAsync(line, answer, streams.Output);
            Conclude(answer);
            return ExitCodes.Done;
        }
        catch (CliException e)
        {
            await streams.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await streams.Error.WriteLineAsync(
                "Cancelled; the server may have done it all the same."
            );
            return ExitCodes.Cancelled;
        }
    }

    private async Task WriteAsync(ParseResult line, Answer answer, TextWriter output)
    {
        if (!GlobalOptions.WantsJson(line))
        {
            Show(line, answer, new Screen(output));
        }
        else if (answer.Text.Length > 0)
        {
            await output.WriteLineAsync(answer.Text);
        }
    }
}
