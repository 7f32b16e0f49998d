using System.Globalization;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>Help by phone: what to read out, and the way to where the code is typed.</summary>
internal sealed class HelpView(string lockId, string challenge, DateTimeOffset expires) : ITextView
{
    private const int Group = 4;

    /// <summary>Asks for a challenge for the lock in sight.</summary>
    public static async Task<ITextView> OpenAsync(TextState state, CancellationToken stop)
    {
        var lockId = state.Lock!.Id;
        var answer = await state.Agent.AskAsync(
            HttpMethod.Get,
            $"locks/{Uri.EscapeDataString(lockId)}/challenge",
            null,
            stop
        );
        if (!answer.Ok)
        {
            state.Notice = TextProblems.Say(state.Texts, answer);
            return new HomeView();
        }
        return new HelpView(
            lockId,
            answer.Text("challenge")!,
            DateTimeOffset.Parse(answer.Text("expiresAt")!, CultureInfo.InvariantCulture)
        );
    }

    public IEnumerable<string> Say(TextState state)
    {
        var texts = state.Texts;
        var shown = state.Locks.First(l => l.Id == lockId);
        yield return texts["help.call", ("code", shown.Code), ("phone", state.Phone)];
        var letters = challenge.Where(char.IsAsciiLetterOrDigit).Chunk(Group).ToList();
        yield return string.Join(' ', letters.Select(g => new string(g)));
        yield return shown.ByCode
            ? texts["help.tries", ("count", shown.CodeTriesLeft)]
            : texts["help.no_code"];
        var left = expires - state.Status.GetProperty("now").GetDateTimeOffset();
        yield return texts["help.valid", ("age", Ages.Say(texts, (long)left.TotalSeconds))];
        if (shown.ByCode)
        {
            yield return $"1 {texts["help.enter"]}";
        }
        yield return $"0 {texts["form.back"]}";
    }

    public Task<ITextView> PressAsync(TextKey key, TextState state, CancellationToken stop) =>
        Task.FromResult<ITextView>(
            key switch
            {
                { Kind: KeyKind.Cancel } or { Digit: 0 } => new HomeView(),
                { Digit: 1 } when state.Locks.First(l => l.Id == lockId).ByCode => new FormView(
                    TextForms.Code(lockId)
                ),
                _ => this,
            }
        );

    public ITextView Follow(TextState state)
    {
        if (state.Locks.Any(l => l.Id == lockId))
        {
            return this;
        }
        state.Notice = state.Texts["code.done"];
        return new HomeView();
    }
}
