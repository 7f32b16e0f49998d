using System.CommandLine;
using System.Globalization;
using Tillkeeper.Cli.Api;

namespace Tillkeeper.Cli.Commands;

/// <summary>Where a list goes on, and how much of it to show.</summary>
internal sealed class Paging
{
    private readonly Option<string?> after = Declare.Optional(
        "--after",
        "Go on after this place; the end of the list before says which.",
        "PLACE"
    );

    private readonly Option<int?> limit = new("--limit")
    {
        Description = "Show at most this many.",
        HelpName = "NUMBER",
    };

    public Paging() =>
        limit.Validators.Add(result =>
        {
            if (
                !result.Tokens.All(token =>
                    int.TryParse(
                        token.Value,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                    && number > 0
                )
            )
            {
                result.AddError("--limit must be a number from 1.");
            }
        });

    public void AddTo(Command command)
    {
        command.Add(after);
        command.Add(limit);
    }

    public ApiRequest Apply(ParseResult line, ApiRequest request) =>
        request
            .WithQuery("after", line.GetValue(after))
            .WithQuery("limit", line.GetValue(limit)?.ToString(CultureInfo.InvariantCulture));
}
