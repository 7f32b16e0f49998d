using System.Text.Json.Nodes;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>Everything that can be done from here.</summary>
internal sealed class MenuView : ITextView
{
    public IEnumerable<string> Say(TextState state) =>
        TextActions.Entries(state).Append($"0 {state.Texts["form.back"]}");

    public async Task<ITextView> PressAsync(TextKey key, TextState state, CancellationToken stop) =>
        key switch
        {
            { Kind: KeyKind.Cancel } or { Digit: 0 } => new HomeView(),
            { Digit: > 0 } => await TextActions.RunAsync(key.Digit, state, stop) ?? this,
            _ => this,
        };
}

/// <summary>What is seldom done.</summary>
internal sealed class SettingsView : ITextView
{
    public IEnumerable<string> Say(TextState state) =>
        [
            $"1 {state.Texts["menu.passcode"]}",
            .. state.SignedIn ? [$"3 {state.Texts["menu.sign_out"]}"] : Array.Empty<string>(),
            $"4 {state.Texts["language.switch"]}",
            $"0 {state.Texts["form.back"]}",
        ];

    public async Task<ITextView> PressAsync(TextKey key, TextState state, CancellationToken stop)
    {
        switch (key)
        {
            case { Kind: KeyKind.Cancel } or { Digit: 0 }:
                return new HomeView();
            case { Digit: 1 }:
                return new FormView(TextForms.Passcode);
            case { Digit: 3 } when state.SignedIn:
                await state.Agent.AskAsync(HttpMethod.Post, "sign-out", new JsonObject(), stop);
                state.Agent.Session = null;
                return new HomeView();
            case { Digit: 4 }:
                state.Texts = ScreenTexts.In(state.Texts.Language == "zh" ? "en" : "zh");
                return new HomeView();
            default:
                return this;
        }
    }
}
