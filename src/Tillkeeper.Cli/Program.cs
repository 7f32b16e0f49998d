using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Tillkeeper.Cli;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Commands;

// The same words and numbers on every machine: scripts read them too.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Tillkeeper: why a payment terminal is locked, and how it opens again.");
GlobalOptions.AddTo(root);
foreach (var noun in Nouns.All())
{
    root.Add(noun);
}

// A reason or a note may begin with '@' or '-x': nothing is read from files, nothing taken apart.
var line = root.Parse(
    args,
    new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false }
);
if (line.Action is ParseErrorAction)
{
    foreach (var error in line.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("Try --help.");
    return ExitCodes.Usage;
}

return await line.InvokeAsync(
    new InvocationConfiguration { EnableDefaultExceptionHandler = false }
);
