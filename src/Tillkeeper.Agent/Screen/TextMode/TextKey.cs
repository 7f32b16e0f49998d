namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>What a key of the keypad means.</summary>
internal enum KeyKind
{
    Character,
    Enter,
    Cancel,
    Erase,
    Clear,
    Up,
    Down,
}

/// <param name="Character">What was typed, for <see cref="KeyKind.Character"/>.</param>
internal readonly record struct TextKey(KeyKind Kind, char Character = '\0')
{
    /// <summary>The digit, or -1.</summary>
    public int Digit => char.IsAsciiDigit(Character) ? Character - '0' : -1;
}
