using Microsoft.AspNetCore.Components;

namespace Tillkeeper.Server.Console.Lists;

/// <summary>One column of a list, on the page and in its file.</summary>
/// <param name="Phrase">The phrase that heads it.</param>
/// <param name="Text">What it says as plain text; what a file holds, and the page too unless <see cref="Show"/> is set.</param>
public sealed record Column<T>(string Phrase, Func<T, string?> Text)
{
    /// <summary>How the page shows it, where text is not enough.</summary>
    public RenderFragment<T>? Show { get; init; }

    /// <summary>The word for <c>?sort=</c>; null when the list cannot be sorted by it.</summary>
    public string? Sort { get; init; }

    /// <summary>Figures stand flush right, under each other.</summary>
    public bool IsFigure { get; init; }

    /// <summary>Left out where the screen is narrow; the row's own page has it.</summary>
    public bool IsWide { get; init; }
}
