using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Output;

/// <summary>One thing with everything the server says about it: facts first, then each list it holds.</summary>
internal static class FactsView
{
    public static void Facts(this Screen screen, JsonNode? document, params string[] without)
    {
        if (document is not JsonObject thing)
        {
            return;
        }

        var fields = thing.Where(field => !without.Contains(field.Key)).ToList();
        var facts = fields
            .Where(field => !IsTable(field.Value))
            .SelectMany(field => Flat(field.Key, field.Value));
        screen.Table(["fact", "value"], facts);
        foreach (var (name, value) in fields.Where(field => IsTable(field.Value)))
        {
            screen.Line($"{Cell.Plain(name)}:");
            screen.Rows([.. ((JsonArray)value!).OfType<JsonObject>()]);
        }
    }

    private static bool IsTable(JsonNode? value) =>
        value is JsonArray items && items.Any(item => item is JsonObject);

    private static IEnumerable<string[]> Flat(string name, JsonNode? value) =>
        value is JsonObject inner
            ? inner.SelectMany(field => Flat($"{name}.{field.Key}", field.Value))
            :
            [
                [Cell.Plain(name), Cell.Of(value)],
            ];
}
