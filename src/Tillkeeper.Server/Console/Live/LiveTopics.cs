using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Live;

/// <summary>What a page can be told about: a thing of the API by its path, or everything at once.</summary>
internal static class LiveTopics
{
    /// <summary>Whatever happens anywhere; at most once a second, and only for the provider's staff and agents.</summary>
    public const string Everything = "*";

    /// <summary>Streams that a page shows one of, by their name in the API.</summary>
    private static readonly Dictionary<string, string> Streams = new(StringComparer.Ordinal)
    {
        ["alerts"] = "alert",
        ["campaigns"] = "campaign",
        ["cases"] = "case",
        ["complaints"] = "complaint",
        ["crises"] = "crisis",
        ["investigations"] = "investigation",
        ["repairs"] = "repair",
        ["terminals"] = "terminal",
    };

    /// <summary>What a list listens to: everything, for whom that is open.</summary>
    public static IReadOnlyList<string> ForListsOf(Person reader) =>
        reader.Role is Role.Merchant ? [] : [Everything];

    /// <summary>The stream behind <c>terminals/ID</c>; null when there is no such topic.</summary>
    public static string? StreamOf(string topic) =>
        topic.Split('/') is [var things, { Length: > 0 and <= 40 } id]
        && Streams.TryGetValue(things, out var kind)
            ? $"{kind}/{id}"
            : null;
}
