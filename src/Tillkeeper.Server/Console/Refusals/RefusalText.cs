using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Texts;

namespace Tillkeeper.Server.Console.Refusals;

/// <summary>
/// What a refusal says to its reader: <c>refusals.CODE</c> or <c>refusals.CODE.FIELD</c>. A code without words of its own is told by the
/// API's own sentence, behind words that say what kind of answer it is.
/// </summary>
internal static class RefusalText
{
    public static string Of(ApiProblem problem, Phrases say) =>
        (
            problem.Field is { } field
                ? say.Find($"refusals.{problem.Code}.{field.Replace('.', '_')}")
                : null
        )
        ?? say.Find($"refusals.{problem.Code}")
        ?? (
            say.IsChinese
                ? $"{say.Find($"refusals.status.{problem.Status}") ?? say["refusals.status.other"]}（{problem.Detail}）"
                : problem.Detail
        );
}
