namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>Refusals in plain words, with the tries that are left.</summary>
internal static class TextProblems
{
    /// <param name="wrong">The key for a guess that was not right, where the request was a guess.</param>
    public static string Say(ScreenTexts texts, LocalAnswer answer, string? wrong = null)
    {
        if (answer.Status == 0)
        {
            return texts["problem.unreachable"];
        }
        var code = answer.Text("code");
        var said = texts[
            Key(texts, answer, code, wrong),
            (
                "code",
                code
                    ?? Convert.ToString(
                        answer.Status,
                        System.Globalization.CultureInfo.InvariantCulture
                    )
            )
        ];
        return answer.Number("remaining") is { } left
            ? texts.Joined(said, Tries(texts, left))
            : said;
    }

    private static string Key(ScreenTexts texts, LocalAnswer answer, string? code, string? wrong)
    {
        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            return wrong is not null && answer.Number("remaining") is not null
                ? wrong
                : "problem.unauthenticated";
        }
        if (code is not null && texts.Has($"problem.{code}"))
        {
            return $"problem.{code}";
        }
        return answer.Status switch
        {
            StatusCodes.Status423Locked => "problem.locked",
            StatusCodes.Status403Forbidden => "problem.forbidden",
            _ => "problem.other",
        };
    }

    private static string Tries(ScreenTexts texts, int left) =>
        left switch
        {
            0 => texts["remaining.none"],
            1 => texts["remaining.one"],
            _ => texts["remaining.many", ("count", left)],
        };
}
