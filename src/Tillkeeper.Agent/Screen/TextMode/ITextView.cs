namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>One thing that the display can show.</summary>
internal interface ITextView
{
    /// <summary>What it says, a paragraph each.</summary>
    IEnumerable<string> Say(TextState state);

    /// <summary>Whether the last lines matter most: something is typed there. Then nothing is turned over.</summary>
    bool Typing => false;

    /// <summary>What a key does; the view that follows, or this one.</summary>
    Task<ITextView> PressAsync(TextKey key, TextState state, CancellationToken stop);

    /// <summary>Called with every new status; the view to go to when this one has become pointless.</summary>
    ITextView Follow(TextState state) => this;
}
