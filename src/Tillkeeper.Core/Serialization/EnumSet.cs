using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tillkeeper.Core.Serialization;

/// <summary>
/// A small immutable set of enum values, kept as bits, compared by value, written as an array of snake_case words
/// in the order of the enum. At most 64 values, numbered from 0.
/// </summary>
[CollectionBuilder(typeof(EnumSet), nameof(EnumSet.Of))]
public readonly record struct EnumSet<T>(ulong Bits) : IEnumerable<T>
    where T : struct, Enum
{
    public static EnumSet<T> All { get; } = EnumSet.Of<T>(Enum.GetValues<T>());

    public bool IsEmpty => Bits == 0;

    public bool Contains(T value) => (Bits & Bit(value)) != 0;

    public EnumSet<T> With(T value) => new(Bits | Bit(value));

    public EnumSet<T> Without(T value) => new(Bits & ~Bit(value));

    public EnumSet<T> And(EnumSet<T> other) => new(Bits & other.Bits);

    public IEnumerator<T> GetEnumerator()
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Contains(value))
            {
                yield return value;
            }
        }
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() =>
        GetEnumerator();

    public override string ToString() => string.Join(",", this.Select(Words.Of));

    internal static ulong Bit(T value) => 1UL << Unsafe.As<T, int>(ref value);
}

/// <summary>Makes sets; lets collection expressions do it.</summary>
public static class EnumSet
{
    public static EnumSet<T> Of<T>(ReadOnlySpan<T> values)
        where T : struct, Enum
    {
        var bits = 0UL;
        foreach (var value in values)
        {
            bits |= EnumSet<T>.Bit(value);
        }
        return new EnumSet<T>(bits);
    }
}

/// <summary>JSON form of <see cref="EnumSet{T}"/>: an array of words. An unknown word is an error that names it.</summary>
public sealed class EnumSetJson<T> : JsonConverter<EnumSet<T>>
    where T : struct, Enum
{
    public override EnumSet<T> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"expected an array of: {Words.All<T>()}");
        }
        var set = default(EnumSet<T>);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var word = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            set = Words.TryParse<T>(word, out var value)
                ? set.With(value)
                : throw new JsonException($"'{word}' is not one of: {Words.All<T>()}");
        }
        return set;
    }

    public override void Write(
        Utf8JsonWriter writer,
        EnumSet<T> value,
        JsonSerializerOptions options
    )
    {
        writer.WriteStartArray();
        foreach (var item in value)
        {
            writer.WriteStringValue(Words.Of(item));
        }
        writer.WriteEndArray();
    }
}
