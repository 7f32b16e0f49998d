using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Output;

/// <summary>Reads a server's document without relying on more of it than is asked for.</summary>
internal static class Fields
{
    /// <summary>The value at a name such as <c>id</c> or <c>contact.name</c>, or null.</summary>
    public static JsonNode? Find(this JsonNode? node, string path)
    {
        foreach (var name in path.Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    public static string Text(this JsonNode? node, string path) => Cell.Of(node.Find(path));

    public static IReadOnlyList<JsonObject> Objects(this JsonNode? node, string path) =>
        node.Find(path) is JsonArray items ? [.. items.OfType<JsonObject>()] : [];

    public static bool IsTrue(this JsonNode? node, string path) =>
        node.Find(path) is JsonValue value && value.TryGetValue<bool>(out var yes) && yes;
}
