using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Console.Texts;

namespace Tillkeeper.Server.Console.Lists;

/// <summary>What a filter or a form can be set to: the word that is sent, and what the reader sees.</summary>
internal static class Choices
{
    /// <param name="any">Whether "all" stands first.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of<T>(bool any = true)
        where T : struct, Enum
    {
        var say = Phrases.Current;
        var words = Enum.GetValues<T>().Select(v => KeyValuePair.Create(Words.Of(v), say.Word(v)));
        return any ? [KeyValuePair.Create("", say["steps.any"]), .. words] : [.. words];
    }

    /// <summary>The same for words that are no enumeration of the program.</summary>
    /// <param name="kind">As in <c>words.KIND.WORD</c>.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        string kind,
        params ReadOnlySpan<string> words
    )
    {
        var say = Phrases.Current;
        List<KeyValuePair<string, string>> all = [KeyValuePair.Create("", say["steps.any"])];
        foreach (var word in words)
        {
            all.Add(KeyValuePair.Create(word, say.Word(kind, word)));
        }
        return all;
    }
}
