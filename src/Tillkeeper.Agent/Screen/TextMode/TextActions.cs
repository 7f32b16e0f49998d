using System.Text.Json.Nodes;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>What can be done from here, each under the number that it has on the other screen as well.</summary>
internal static class TextActions
{
    private static readonly (
        int Number,
        string Name,
        Func<TextState, bool> When,
        Func<TextState, CancellationToken, Task<ITextView>> Run
    )[] All =
    [
        (1, "sign_in", MaySignIn, (_, _) => Now(new FormView(TextForms.SignIn))),
        (3, "help", s => s.Lock is not null, (s, stop) => HelpView.OpenAsync(s, stop)),
        (
            4,
            "ledger",
            s => s.SetUp && !s.Blocked.Contains("manual_ledger"),
            (_, _) => Now(new FormView(TextForms.Ledger))
        ),
        (5, "parts", s => s.Known, (s, stop) => CheckView.PartsAsync(s, stop)),
        (6, "network", s => s.Known, (s, stop) => CheckView.NetworkAsync(s, stop)),
        (7, "next", s => s.Locks.Count > 1, NextAsync),
        (8, "away", MayLeave, LeaveAsync),
        (9, "settings", s => s.SetUp, (_, _) => Now(new SettingsView())),
    ];

    /// <summary>The view that follows; null when the digit stands for nothing now.</summary>
    public static async Task<ITextView?> RunAsync(
        int digit,
        TextState state,
        CancellationToken stop
    )
    {
        var found = Array.Find(All, a => a.Number == digit && a.When(state));
        return found.Name is null ? null : await found.Run(state, stop);
    }

    public static IEnumerable<string> Entries(TextState state) =>
        All.Where(a => a.When(state)).Select(a => $"{a.Number} {state.Texts[$"menu.{a.Name}"]}");

    private static bool MaySignIn(TextState state) =>
        state.SetUp && !state.SignedIn && !state.Blocked.Contains("sign_in");

    private static bool MayLeave(TextState state) =>
        state.SetUp && !state.Locks.Any(l => l.OfTerminal && l.Cause == "away");

    private static Task<ITextView> NextAsync(TextState state, CancellationToken stop)
    {
        state.NextLock(1);
        return Now(new HomeView());
    }

    private static async Task<ITextView> LeaveAsync(TextState state, CancellationToken stop)
    {
        var answer = await state.Agent.AskAsync(HttpMethod.Post, "away", new JsonObject(), stop);
        state.Agent.Session = null;
        state.Notice = answer.Ok ? null : TextProblems.Say(state.Texts, answer);
        return new HomeView();
    }

    private static Task<ITextView> Now(ITextView view) => Task.FromResult(view);
}
