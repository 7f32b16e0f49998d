using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands;

/// <summary>
/// The server shows some secrets once. When the connection broke after it did, the repeated request is answered
/// without the secret: the thing exists, and the person must know how to go on.
/// </summary>
internal static class ShownOnce
{
    public static string Require(Answer answer, string field, string remedy) =>
        answer.Document.Text(field) is { Length: > 0 } secret
            ? secret
            : throw new RefusedException(
                $"The server did it, but its answer came without '{field}', which is shown only once.{Environment.NewLine}"
                    + $"remedy: {remedy}"
            );
}
