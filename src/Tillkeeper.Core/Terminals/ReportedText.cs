using System.Diagnostics.CodeAnalysis;

namespace Tillkeeper.Core.Terminals;

/// <summary>Text that a terminal reported, on its way into what people and programs read here.</summary>
public static class ReportedText
{
    public const int Longest = 200;

    /// <summary>At most <see cref="Longest"/> UTF-16 units, and no half of a character at the end.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Short(string? text)
    {
        if (text is null or { Length: <= Longest })
        {
            return text;
        }
        return text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
    }
}
