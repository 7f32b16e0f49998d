using System.Globalization;
using System.Text.Json.Nodes;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>The forms of a display of characters; a passcode is never shown, and kept no longer than its request takes.</summary>
internal static class TextForms
{
    private const int Name = 64;
    private const int Passcodes = 12;

    public static TextForm SignIn { get; } =
        new(
            "pin.warning",
            [Operator, Secret("passcode", "field.passcode")],
            (typed, state, stop) =>
                PostAsync(
                    state,
                    "sign-in",
                    new() { ["operator"] = typed["operator"], ["passcode"] = typed["passcode"] },
                    stop
                ),
            (_, answer, state) =>
            {
                state.Agent.Session = answer.Text("session");
                return new HomeView();
            },
            "problem.wrong_passcode"
        );

    public static TextForm Passcode { get; } =
        new(
            "pin.warning",
            [
                Operator,
                Secret("current", "field.current") with
                {
                    Required = false,
                },
                Secret("passcode", "field.new_passcode"),
                Secret("repeat", "field.repeat"),
            ],
            SetPasscodeAsync,
            (typed, _, state) =>
                Next(state, "passcode.done", new FormView(SignIn, typed["operator"])),
            "problem.wrong_passcode"
        );

    public static TextForm Ledger { get; } =
        new(
            "ledger.warning",
            [
                new("amount", "field.amount", FieldKind.Money, 9),
                new(
                    "method",
                    "field.method",
                    FieldKind.Choice,
                    1,
                    Choices:
                    [
                        ("cash", "method.cash"),
                        ("static_qr", "method.static_qr"),
                        ("other_terminal", "method.other_terminal"),
                        ("transfer", "method.transfer"),
                    ]
                ),
                new("reference", "field.reference", FieldKind.Text, Name, Required: false),
            ],
            (typed, state, stop) =>
                PostAsync(
                    state,
                    "ledger",
                    new()
                    {
                        ["amountMinor"] = long.Parse(typed["amount"], CultureInfo.InvariantCulture),
                        ["method"] = typed["method"],
                        ["reference"] = typed["reference"],
                    },
                    stop
                ),
            (_, _, state) => Next(state, "ledger.done", new HomeView())
        );

    private static TextField Operator => new("operator", "field.operator", FieldKind.Text, Name);

    /// <summary>The code that support gave for a lock.</summary>
    public static TextForm Code(string lockId) =>
        new(
            "pin.warning",
            [new("code", "field.code", FieldKind.Digits, 8)],
            (typed, state, stop) =>
                PostAsync(
                    state,
                    $"locks/{Uri.EscapeDataString(lockId)}/code",
                    new() { ["code"] = typed["code"] },
                    stop
                ),
            (_, _, state) =>
                state.Locks.FirstOrDefault(l => l.Id == lockId)?.WaysOut.Contains("password_reset")
                == true
                    ? Next(state, "code.done_reset", new FormView(Passcode))
                    : Next(state, "code.done", new HomeView()),
            "problem.wrong_code"
        );

    private static Task<LocalAnswer> SetPasscodeAsync(
        IReadOnlyDictionary<string, string> typed,
        TextState state,
        CancellationToken stop
    )
    {
        var body = new JsonObject { ["passcode"] = typed["passcode"] };
        if (typed["current"].Length > 0)
        {
            body["current"] = typed["current"];
        }
        return PostAsync(
            state,
            $"operators/{Uri.EscapeDataString(typed["operator"])}/passcode",
            body,
            stop
        );
    }

    private static TextField Secret(string name, string label) =>
        new(name, label, FieldKind.Secret, Passcodes);

    private static Task<LocalAnswer> PostAsync(
        TextState state,
        string path,
        JsonObject body,
        CancellationToken stop
    ) => state.Agent.AskAsync(HttpMethod.Post, path, body, stop);

    private static ITextView Next(TextState state, string key, ITextView view)
    {
        state.Notice = state.Texts[key];
        return view;
    }
}
