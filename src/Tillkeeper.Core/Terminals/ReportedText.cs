using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;

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

    /// <summary>A self-test with no more parts than a model declares, and no hole in its list.</summary>
    public static SelfTestRan Tidy(SelfTestRan ran) =>
        ran with
        {
            Parts =
            [
                .. ran
                    .Parts.Where(p => p is not null)
                    .Take(SelfTestRan.MostParts)
                    .Select(p => p with { Part = Short(p.Part) }),
            ],
        };

    /// <summary>Evidence with every text cut to what is kept, and no more facts than a lock carries.</summary>
    public static Evidence Tidy(Evidence evidence) =>
        evidence with
        {
            Operator = Short(evidence.Operator),
            Reason = Short(evidence.Reason),
            Part = Short(evidence.Part),
            People = null,
            Facts = evidence
                .Facts?.Take(Evidence.MostFacts)
                .ToImmutableSortedDictionary(
                    f => Short(f.Key),
                    f => Short(f.Value ?? ""),
                    StringComparer.Ordinal
                ),
        };
}
