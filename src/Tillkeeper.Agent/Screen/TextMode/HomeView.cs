namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>How things stand: the lock in sight in its own words, or that all is well.</summary>
internal sealed class HomeView : ITextView
{
    public IEnumerable<string> Say(TextState state)
    {
        var texts = state.Texts;
        switch (state.Word())
        {
            case "starting":
                return [texts["state.starting"]];
            case "not_enrolled":
                return [texts["not_enrolled.text"]];
            case "replaced":
                return [texts["replaced.text"]];
            case "setup":
                return [texts["setup.title"], texts["menu.sign_in"]];
        }
        var told = state.Lock is { } shown ? Lock(state, shown) : Plain(state);
        var lost = state.LostSince is { } since ? [Lost(texts, since)] : Array.Empty<string>();
        return [.. lost, .. told, .. Warnings(state)];
    }

    public async Task<ITextView> PressAsync(TextKey key, TextState state, CancellationToken stop) =>
        key.Digit switch
        {
            < 0 => this,
            0 => new MenuView(),
            _ => await TextActions.RunAsync(key.Digit, state, stop) ?? this,
        };

    private static IEnumerable<string> Plain(TextState state) =>
        [
            state.Texts[state.SignedIn ? "home.ready" : "home.sign_in_first"],
            state.Texts["support.phone", ("phone", state.Phone)],
        ];

    private static IEnumerable<string> Lock(TextState state, TextLock shown)
    {
        var texts = state.Texts;
        yield return shown.Told("title");
        if (shown.Told("safe") is { Length: > 0 } safe)
        {
            yield return safe;
        }
        // What one lock leaves open another may block: then only what all of them leave open is said.
        if (state.Locks.Count > 1 && state.Locks.Any(l => l.OfTerminal))
        {
            yield return texts["home.joint"];
            yield return texts.Joined(texts["works.label"], Works(state));
        }
        else
        {
            yield return texts.Joined(texts["works.label"], shown.Told("stillWorks"));
        }
        yield return texts["lock.now"];
        var number = 0;
        foreach (var step in shown.Explanation.GetProperty("now").EnumerateArray())
        {
            number++;
            yield return $"{number}. {step.GetString()}";
        }
        yield return texts.Joined(texts["lock.next"], shown.Told("next"));
        if (shown.Status != "confirmed")
        {
            yield return texts[$"lock.{shown.Status}", ("age", Ages.Say(texts, shown.Age))];
        }
        if (shown.Told("warning") is { Length: > 0 } warning)
        {
            yield return $"! {warning}";
        }
    }

    private static string Works(TextState state)
    {
        var texts = state.Texts;
        var blocked = state.Blocked.ToHashSet(StringComparer.Ordinal);
        var cards = blocked.Contains("pin_entry") ? "card_without_pin" : "card_payment";
        string[] left =
        [
            .. blocked.Contains("card_payment") ? Array.Empty<string>() : [cards],
            .. new[] { "qr_payment", "refund", "manual_ledger" }.Where(c => !blocked.Contains(c)),
        ];
        return left.Length == 0
            ? texts["works.nothing"]
            : string.Join(texts["works.gap"], left.Select(c => texts[$"works.{c}"]));
    }

    private static IEnumerable<string> Warnings(TextState state) =>
        state.Known
            ? state
                .Status.GetProperty("warnings")
                .EnumerateArray()
                .Select(w =>
                    state.Texts[
                        "warning.title",
                        ("title", w.GetProperty("title").GetString()),
                        ("code", w.GetProperty("code").GetString())
                    ]
                )
            : [];

    private static string Lost(ScreenTexts texts, long since) =>
        texts[
            "lost.text",
            ("age", Ages.Say(texts, (long)TimeProvider.System.GetElapsedTime(since).TotalSeconds))
        ];
}
