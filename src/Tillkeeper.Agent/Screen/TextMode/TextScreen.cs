using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>
/// The lock screen on a terminal or a serial display: the same content and the same words as in a browser, from the same local API. It
/// asks once a second how things stand, says when nobody answers, and goes on by itself.
/// </summary>
internal sealed class TextScreen(
    TextState state,
    ChannelReader<TextKey> keys,
    TextDisplay display,
    int columns,
    int rows
)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A half-typed passcode does not stay on a till that everybody can reach.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private ITextView view = new HomeView();
    private long touched = TimeProvider.System.GetTimestamp();

    /// <summary>Runs until it is told to stop, or the keypad's line has ended.</summary>
    [SuppressMessage("Reliability", "S5034", Justification = "Each is turned into a task once.")]
    public async Task RunAsync(CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(Every);
        var tick = ticks.WaitForNextTickAsync(stop).AsTask();
        var pressed = keys.WaitToReadAsync(stop).AsTask();
        await AskAsync(stop);
        while (true)
        {
            display.Put(TextFrame.Of(state, view, columns, rows));
            await Task.WhenAny(tick, pressed);
            if (pressed.IsCompleted)
            {
                if (!await pressed)
                {
                    return;
                }
                while (keys.TryRead(out var key))
                {
                    await PressAsync(key, stop);
                }
                pressed = keys.WaitToReadAsync(stop).AsTask();
            }
            if (tick.IsCompleted)
            {
                await tick;
                await AskAsync(stop);
                tick = ticks.WaitForNextTickAsync(stop).AsTask();
            }
        }
    }

    private async Task AskAsync(CancellationToken stop)
    {
        state.Take(
            await state.Agent.AskAsync(
                HttpMethod.Get,
                $"status?lang={state.Texts.Language}",
                null,
                stop
            )
        );
        view = view.Follow(state);
        if (view.Typing && TimeProvider.System.GetElapsedTime(touched) > Idle)
        {
            view = new HomeView();
        }
    }

    private async Task PressAsync(TextKey key, CancellationToken stop)
    {
        touched = TimeProvider.System.GetTimestamp();
        if (state.Notice is not null && !view.Typing)
        {
            state.Notice = null;
        }
        if (!view.Typing && Step(key) is { } step)
        {
            Turn(step);
            return;
        }
        if (view.Typing && key.Kind == KeyKind.Character)
        {
            state.Notice = null;
        }
        var next = await view.PressAsync(key, state, stop);
        if (!ReferenceEquals(next, view))
        {
            view = next;
            state.Page = 0;
        }
        await AskAsync(stop);
    }

    private void Turn(int step)
    {
        var page = state.Page + step;
        if (page >= 0 && page <= state.LastPage)
        {
            state.Page = page;
        }
        else if (view is not HomeView || !state.NextLock(step))
        {
            state.Page = page < 0 ? state.LastPage : 0;
        }
    }

    /// <summary>Up and down, or * and # where there are no arrows.</summary>
    private static int? Step(TextKey key) =>
        key switch
        {
            { Kind: KeyKind.Up } or { Character: '*' } => -1,
            { Kind: KeyKind.Down } or { Character: '#' } => 1,
            _ => null,
        };
}
