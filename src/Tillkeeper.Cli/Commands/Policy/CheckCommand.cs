using System.CommandLine;
using System.Globalization;
using Tillkeeper.Cli.Api;
using Tillkeeper.PolicyFiles;

namespace Tillkeeper.Cli.Commands.Policy;

/// <summary>Works offline: no server, no key.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Argument<string[]> files = new("FILE")
    {
        Description = "Policy files.",
        Arity = ArgumentArity.OneOrMore,
    };

    public CheckCommand()
        : base("check", "Checks policy files and tells every mistake as FILE:LINE. Works offline.")
    {
        Add(files);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var streams = line.InvocationConfiguration;
        var wrong = false;
        foreach (var path in line.GetRequiredValue(files))
        {
            try
            {
                var file = LocalFile.Read(path);
                foreach (var error in file.Errors)
                {
                    await streams.Error.WriteLineAsync(error.In(path));
                }
                foreach (var note in file.IsValid ? Notes(path, file) : [])
                {
                    await streams.Output.WriteLineAsync(note);
                }
                wrong |= !file.IsValid;
            }
            catch (CliException e)
            {
                await streams.Error.WriteLineAsync(e.Message);
                wrong = true;
            }
        }
        return wrong ? ExitCodes.Usage : ExitCodes.Done;
    }

    /// <summary>That it is fine, and which standards it departs from by its own words.</summary>
    private static IEnumerable<string> Notes(string path, PolicyFile file)
    {
        var policy = EffectivePolicy.Of([new PolicyLayer(path, file.Document)]).Policy;
        var departed = Clauses.DepartedFrom(policy).Where(c => file.Lines.ContainsKey(c.Key));
        foreach (var clause in departed.OrderBy(c => file.Lines[c.Key]))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{path}:{file.Lines[clause.Key]}: note: {clause.Key} departs from {clause.Source}, which asks: {clause.Asks}."
            );
        }
        yield return $"{path}: fine";
    }
}
