using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tillkeeper.Cli.Commands;

/// <summary>
/// Options and arguments as every command has them. An empty value is refused: it is nearly always a shell variable
/// that was not set, and "lock many" with an empty selector is not what anybody meant.
/// </summary>
internal static class Declare
{
    public static Argument<string> Id(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => RefuseEmpty(result, name));
        return argument;
    }

    public static Option<string> Required(
        string name,
        string description,
        string valueName = "TEXT"
    )
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = valueName,
            Required = true,
        };
        option.Validators.Add(result => RefuseEmpty(result, name));
        return option;
    }

    public static Option<string?> Optional(
        string name,
        string description,
        string valueName = "TEXT"
    )
    {
        var option = new Option<string?>(name) { Description = description, HelpName = valueName };
        option.Validators.Add(result => RefuseEmpty(result, name));
        return option;
    }

    public static Option<string> WithDefault(
        string name,
        string value,
        string description,
        string valueName
    )
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = valueName,
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result => RefuseEmpty(result, name));
        return option;
    }

    /// <summary>Several values in one, separated by commas.</summary>
    public static Option<string[]?> Several(string name, string description)
    {
        var option = new Option<string[]?>(name)
        {
            Description = description,
            HelpName = "A,B",
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => [.. result.Tokens.SelectMany(token => Split(token.Value))],
        };
        option.Validators.Add(result =>
        {
            if (!result.Tokens.SelectMany(token => Split(token.Value)).Any())
            {
                result.AddError($"{name} must not be empty.");
            }
        });
        return option;
    }

    /// <summary>Exactly one of several options must be given.</summary>
    public static void ExactlyOneOf(this Command command, params Option[] options) =>
        command.Validators.Add(result =>
        {
            if (options.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError($"Give exactly one of {Names(options)}.");
            }
        });

    public static void AtLeastOneOf(this Command command, params Option[] options) =>
        command.Validators.Add(result =>
        {
            if (!options.Any(option => result.GetResult(option) is not null))
            {
                result.AddError($"Give at least one of {Names(options)}.");
            }
        });

    public static void AllOrNoneOf(this Command command, params Option[] options) =>
        command.Validators.Add(result =>
        {
            var given = options.Count(option => result.GetResult(option) is not null);
            if (given > 0 && given < options.Length)
            {
                result.AddError($"Give all of {Names(options)}, or none.");
            }
        });

    private static void RefuseEmpty(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"{name} must not be empty.");
        }
    }

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Names(Option[] options) =>
        string.Join(", ", options.Select(option => option.Name));
}
