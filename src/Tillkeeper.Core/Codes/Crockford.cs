using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Codes;

/// <summary>
/// Crockford base 32: no I, L, O, U, so that what is read out over the phone is heard right. Reading forgives lower case,
/// full-width letters, spaces, hyphens, and takes I and L for 1 and O for 0.
/// </summary>
public static class Crockford
{
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Length in characters of ids of terminals and locks: 50 bits.</summary>
    public const int IdLength = 10;

    /// <summary>The first <paramref name="characters"/> x 5 bits of <paramref name="bytes"/>, most significant first.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, int characters)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(characters, bytes.Length * 8 / 5);
        Span<char> text = stackalloc char[characters];
        for (var i = 0; i < characters; i++)
        {
            var bit = i * 5;
            var pair =
                (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }
        return new string(text);
    }

    /// <summary>An id of a terminal or a lock from at least seven random bytes.</summary>
    public static string Id(ReadOnlySpan<byte> random) => Encode(random, IdLength);

    public static bool IsId(string? text) =>
        text is { Length: IdLength } && text.All(c => Alphabet.Contains(c));

    /// <summary>Canonical form of what a person typed; null when a character cannot be one of the alphabet.</summary>
    public static string? Normalise(string? typed)
    {
        if (typed is null or { Length: > 128 })
        {
            return null;
        }
        Span<char> text = stackalloc char[typed.Length];
        var length = 0;
        foreach (var c in typed.Select(IdentifierText.ToHalfWidth))
        {
            if (c is ' ' or '-' or '\t' or '\n' or '\r')
            {
                continue;
            }
            var canonical = char.ToUpperInvariant(c) switch
            {
                'I' or 'L' => '1',
                'O' => '0',
                var other => other,
            };
            if (!Alphabet.Contains(canonical))
            {
                return null;
            }
            text[length++] = canonical;
        }
        return new string(text[..length]);
    }

    /// <summary>Groups of four, as shown on a screen and read out.</summary>
    public static string Grouped(string text) =>
        string.Join('-', text.Chunk(4).Select(group => new string(group)));
}
