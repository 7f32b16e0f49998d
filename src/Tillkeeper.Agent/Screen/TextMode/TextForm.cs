namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>How a field is typed and shown.</summary>
internal enum FieldKind
{
    Text,
    Digits,

    /// <summary>Digits that nobody reads: a star each.</summary>
    Secret,
    Money,

    /// <summary>One of several, by its number.</summary>
    Choice,
}

/// <param name="Label">The key of its text.</param>
/// <param name="Most">How many characters it takes.</param>
/// <param name="Choices">The values and the keys of their texts, from 1 on.</param>
internal sealed record TextField(
    string Name,
    string Label,
    FieldKind Kind,
    int Most,
    bool Required = true,
    IReadOnlyList<(string Value, string Text)>? Choices = null
);

/// <summary>What is typed and sent.</summary>
/// <param name="Warning">The key of what must not be typed here.</param>
/// <param name="SendAsync">Sends what was typed, and says what follows.</param>
internal sealed record TextForm(
    string Warning,
    IReadOnlyList<TextField> Fields,
    Func<
        IReadOnlyDictionary<string, string>,
        TextState,
        CancellationToken,
        Task<LocalAnswer>
    > SendAsync,
    Func<IReadOnlyDictionary<string, string>, LocalAnswer, TextState, ITextView> Done,
    string? Wrong = null
);
