using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Audit;

internal sealed class VerifyCommand : ApiCommand
{
    public VerifyCommand()
        : base("verify", "Checks the whole record for anything altered, removed or reordered.") { }

    protected override ApiRequest Request(ParseResult line) => ApiRequest.Get("audit", "verify");

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Rows(answer.Document.Objects("shards"), "shard", "lastSeq", "headHash");
        if (answer.Document.IsTrue("ok"))
        {
            screen.Line("The record is unbroken.");
        }
    }

    protected override void Conclude(Answer answer)
    {
        if (!answer.Document.IsTrue("ok"))
        {
            throw new RefusedException(
                $"audit_broken: shard {answer.Document.Text("firstBad.shard")}, "
                    + $"number {answer.Document.Text("firstBad.seq")}: {answer.Document.Text("firstBad.problem")}"
            );
        }
    }
}
