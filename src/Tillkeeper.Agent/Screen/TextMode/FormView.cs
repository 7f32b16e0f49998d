using System.Globalization;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>A form, one field after the other: Enter goes on, Cancel goes back.</summary>
internal sealed class FormView : ITextView
{
    private readonly TextForm form;
    private readonly string[] typed;
    private int at;

    /// <param name="first">What is known of the first field already.</param>
    public FormView(TextForm form, string? first = null)
    {
        this.form = form;
        typed = [.. form.Fields.Select(f => f.Kind == FieldKind.Choice ? f.Choices![0].Value : "")];
        if (first is not null)
        {
            typed[0] = first;
            at = 1;
        }
    }

    public bool Typing => true;

    private TextField Field => form.Fields[at];

    public IEnumerable<string> Say(TextState state)
    {
        var texts = state.Texts;
        yield return state.Notice ?? $"! {texts[form.Warning]}";
        yield return texts[Field.Label];
        if (Field.Choices is null)
        {
            yield return $"> {Shown()}_";
            yield break;
        }
        for (var i = 0; i < Field.Choices.Count; i++)
        {
            var (value, text) = Field.Choices[i];
            yield return $"{(value == typed[at] ? '>' : ' ')}{i + 1} {texts[text]}";
        }
    }

    public async Task<ITextView> PressAsync(TextKey key, TextState state, CancellationToken stop)
    {
        switch (key.Kind)
        {
            case KeyKind.Cancel or KeyKind.Up when at > 0:
                at--;
                return this;
            case KeyKind.Cancel:
                return new HomeView();
            case KeyKind.Erase when Field.Choices is null && typed[at].Length > 0:
                typed[at] = typed[at][..^1];
                return this;
            case KeyKind.Clear when Field.Choices is null:
                typed[at] = "";
                return this;
            case KeyKind.Enter or KeyKind.Down:
                return await GoOnAsync(state, stop);
            case KeyKind.Character:
                Type(key);
                return this;
            default:
                return this;
        }
    }

    private void Type(TextKey key)
    {
        if (Field.Choices is { } choices)
        {
            if (key.Digit >= 1 && key.Digit <= choices.Count)
            {
                typed[at] = choices[key.Digit - 1].Value;
            }
        }
        else if (
            typed[at].Length < Field.Most
            && (key.Digit >= 0 || (Field.Kind == FieldKind.Text && !char.IsControl(key.Character)))
        )
        {
            typed[at] += key.Character;
        }
    }

    private async Task<ITextView> GoOnAsync(TextState state, CancellationToken stop)
    {
        if (Field.Required && typed[at].Length == 0)
        {
            return this;
        }
        if (at < form.Fields.Count - 1)
        {
            at++;
            return this;
        }
        var values = form.Fields.Zip(typed).ToDictionary(f => f.First.Name, f => f.Second);
        Forget();
        if (values.TryGetValue("repeat", out var repeat) && repeat != values["passcode"])
        {
            state.Notice = state.Texts["passcode.differ"];
            return this;
        }
        var answer = await form.SendAsync(values, state, stop);
        return answer.Ok ? form.Done(values, answer, state) : Refuse(answer, state);
    }

    /// <summary>What is good for one try, and what nobody else may read, is typed again.</summary>
    private void Forget()
    {
        var first = form.Fields.Count;
        for (var i = form.Fields.Count - 1; i >= 0; i--)
        {
            if (form.Fields[i].Kind is FieldKind.Secret or FieldKind.Digits)
            {
                typed[i] = "";
                first = i;
            }
        }
        at = first == form.Fields.Count ? 0 : first;
    }

    private ITextView Refuse(LocalAnswer answer, TextState state)
    {
        state.Notice = TextProblems.Say(state.Texts, answer, form.Wrong);
        var usedUp =
            answer.Status == StatusCodes.Status401Unauthorized && answer.Number("remaining") == 0;
        // The reason, and what now, stand on the first page.
        return answer.Status == StatusCodes.Status423Locked || usedUp ? new HomeView() : this;
    }

    private string Shown()
    {
        var text = typed[at];
        return Field.Kind switch
        {
            FieldKind.Secret => new string('*', text.Length),
            FieldKind.Money when text.Length > 0 => (
                decimal.Parse(text, CultureInfo.InvariantCulture) / 100
            ).ToString("0.00", CultureInfo.InvariantCulture),
            _ => text,
        };
    }
}
