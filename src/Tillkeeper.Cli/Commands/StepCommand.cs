using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands;

/// <summary>A step of something under way that needs no more than its id and a reason.</summary>
internal abstract class StepCommand : ApiCommand
{
    private readonly string resource;
    private readonly string step;
    private readonly string done;
    private readonly Argument<string> id;
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    /// <param name="resource">In the path of the request, e.g. <c>repairs</c>.</param>
    /// <param name="done">What is said when it is done; <c>{0}</c> is the id.</param>
    protected StepCommand(
        string name,
        string description,
        string resource,
        string step,
        string done
    )
        : base(name, description)
    {
        (this.resource, this.step, this.done) = (resource, step, done);
        id = Declare.Id("ID", "Which one, as the list shows it.");
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post(resource, line.GetRequiredValue(id), step)
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line(done.Replace("{0}", line.GetValue(id), StringComparison.Ordinal));
}
