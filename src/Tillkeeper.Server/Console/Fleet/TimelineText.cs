using System.Text.Json;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Fleet;

/// <summary>What happened to a terminal, as a plain sentence, and who did it.</summary>
internal static class TimelineText
{
    public static string Of(TerminalHistory.EventView happened, Phrases say)
    {
        var what = say.Word("event", NameOf(happened.Type));
        return About(happened.Data, say) is { Length: > 0 } about
            ? say["fleet.about", what, about]
            : what;
    }

    /// <summary>Ids of people are opaque, and stay so where the reader has no business with names.</summary>
    public static string By(string actor, Phrases say)
    {
        var (kind, id) = actor.Split('/', 2) is [var first, var second]
            ? (first, second)
            : (actor, "");
        return kind switch
        {
            "terminal" => say["fleet.by.terminal"],
            "server" => say["fleet.by.server"],
            "provider" => say["fleet.by.provider"],
            "person" => say["fleet.by.person", id],
            _ => actor,
        };
    }

    /// <summary>Versions of one event say the same: <c>lock.begun.v1</c> is <c>lock.begun</c>.</summary>
    public static string NameOf(string type)
    {
        var version = type.LastIndexOf(".v", StringComparison.Ordinal);
        return version < 0 ? type : type[..version];
    }

    private static string About(JsonElement data, Phrases say)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return "";
        }
        if (data.TryGetProperty("lock", out var held))
        {
            return Word(held, "cause", "cause", say);
        }
        var order = data.TryGetProperty("order", out var inner) ? inner : data;
        return FirstOf(
            Word(order, "wayOut", "way_out", say),
            Word(order, "kind", "order_kind", say),
            Word(data, "rule", "rule_name", say)
        );
    }

    private static string FirstOf(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
            {
                return text;
            }
        }
        return "";
    }

    private static string Word(JsonElement data, string name, string kind, Phrases say) =>
        data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty(name, out var word)
        && word.ValueKind == JsonValueKind.String
            ? say.Find($"words.{kind}.{word.GetString()}") ?? ""
            : "";
}
