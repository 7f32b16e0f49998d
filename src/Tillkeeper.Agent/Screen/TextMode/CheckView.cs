using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>What a check has found, and what to do about it.</summary>
internal sealed class CheckView(
    IReadOnlyList<string> found,
    Func<TextState, CancellationToken, Task<ITextView>> again
) : ITextView
{
    public static async Task<ITextView> NetworkAsync(TextState state, CancellationToken stop)
    {
        var answer = await AskAsync(state, "network-check", stop);
        var texts = state.Texts;
        return new CheckView(
            answer.Ok
                ?
                [
                    texts[Outcome(answer.Body.GetProperty("ok").GetBoolean())],
                    .. answer
                        .Body.GetProperty("steps")
                        .EnumerateArray()
                        .SelectMany(s => Step(texts, s)),
                ]
                : [TextProblems.Say(texts, answer)],
            NetworkAsync
        );
    }

    private static string Outcome(bool ok) => ok ? "network.all_ok" : "network.not_ok";

    public static async Task<ITextView> PartsAsync(TextState state, CancellationToken stop)
    {
        var answer = await AskAsync(state, "self-test", stop);
        return new CheckView(
            answer.Ok
                ? [.. Parts(state.Texts, [.. answer.Body.GetProperty("parts").EnumerateArray()])]
                : [TextProblems.Say(state.Texts, answer)],
            PartsAsync
        );
    }

    public IEnumerable<string> Say(TextState state) =>
        [.. found, $"1 {state.Texts["check.again"]}", $"0 {state.Texts["form.back"]}"];

    public async Task<ITextView> PressAsync(TextKey key, TextState state, CancellationToken stop) =>
        key switch
        {
            { Kind: KeyKind.Cancel } or { Digit: 0 } => new HomeView(),
            { Digit: 1 } => await again(state, stop),
            _ => this,
        };

    private static Task<LocalAnswer> AskAsync(
        TextState state,
        string what,
        CancellationToken stop
    ) =>
        state.Agent.AskAsync(
            HttpMethod.Post,
            $"{what}?lang={state.Texts.Language}",
            new JsonObject(),
            stop
        );

    private static IEnumerable<string> Step(ScreenTexts texts, JsonElement step)
    {
        yield return texts[
            "check.row",
            ("title", step.GetProperty("title").GetString()),
            ("result", texts[$"check.{step.GetProperty("result").GetString()}"]),
            ("text", step.GetProperty("text").GetString())
        ];
        foreach (var fix in step.GetProperty("fix").EnumerateArray())
        {
            yield return $"- {fix.GetString()}";
        }
    }

    private static IEnumerable<string> Parts(ScreenTexts texts, JsonElement[] parts)
    {
        var some = Array.Exists(parts, Faulty) ? "parts.not_ok" : "parts.all_ok";
        yield return texts[parts.Length == 0 ? "parts.none" : some];
        foreach (var part in parts)
        {
            var result = part.GetProperty("status").GetString() switch
            {
                _ when Faulty(part) => "failed",
                "ok" => "ok",
                "degraded" => "weak",
                "unknown" => "unknown",
                _ => "failed",
            };
            yield return texts[
                "check.short",
                ("title", part.GetProperty("name").GetString()),
                ("result", texts[$"check.{result}"])
            ];
        }
    }

    private static bool Faulty(JsonElement part) => part.GetProperty("faulty").GetBoolean();
}
