using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Notification;

internal sealed class ListCommand : ApiCommand
{
    private readonly Option<string?> about = Declare.Optional(
        "--about",
        "Only what is about this, such as lock/7QK2M9XA4T.",
        "WHAT"
    );
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists what was told to whom, without what it said.")
    {
        Add(about);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(
            line,
            ApiRequest.Get("notifications").WithQuery("about", line.GetValue(about))
        );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "queuedAt", "kind", "party", "channel", "status", "attempts", "about");
}
