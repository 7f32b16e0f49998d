using System.Text.Json.Nodes;

namespace Tillkeeper.Server.Tests.Http;

/// <summary>Puts something odd in the place of one value of a JSON text, or leaves it out, or doubles it.</summary>
internal sealed class JsonMutator(Random random)
{
    private static readonly string[] Odd =
    [
        "null",
        "true",
        "0",
        "-1",
        "1e308",
        "9223372036854775807",
        "99999999999999999999999999",
        "0.5",
        "\"\"",
        "\" \"",
        "\"0\"",
        "\"\\u0000\"",
        "\"\\u202e锁定\"",
        "\"' OR 1=1 --\"",
        "\"2026-11-22T09:00:00Z\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59.999Z\"",
        "\"PT30M\"",
        "\"-P99999D\"",
        "[]",
        "[null]",
        "[[],{}]",
        "{}",
        "{\"id\":null}",
        "\"x\"",
    ];

    public string Mutate(string json)
    {
        var root = JsonNode.Parse(json)!;
        List<JsonNode> holders = [];
        Collect(root, holders);
        var holder = holders[random.Next(holders.Count)];
        var odd = random.Next(20) == 0 ? Long() : Odd[random.Next(Odd.Length)];
        switch (holder)
        {
            case JsonObject { Count: > 0 } o:
                var name = o.GetAt(random.Next(o.Count)).Key;
                if (random.Next(6) == 0)
                {
                    o.Remove(name);
                }
                else
                {
                    o[name] = JsonNode.Parse(odd);
                }
                break;
            case JsonArray { Count: > 0 } a:
                if (random.Next(3) == 0)
                {
                    a.Add(a[0]?.DeepClone());
                }
                else
                {
                    a[random.Next(a.Count)] = JsonNode.Parse(odd);
                }
                break;
            default:
                return odd;
        }
        return root.ToJsonString();
    }

    private static string Long() => "\"" + new string('长', 3000) + "\"";

    private static void Collect(JsonNode node, List<JsonNode> holders)
    {
        var children = node switch
        {
            JsonObject o => o.Select(p => p.Value),
            JsonArray a => a,
            _ => null,
        };
        if (children is null)
        {
            return;
        }
        holders.Add(node);
        foreach (var child in children)
        {
            if (child is not null)
            {
                Collect(child, holders);
            }
        }
    }
}
