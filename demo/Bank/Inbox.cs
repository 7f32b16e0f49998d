using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Tillkeeper.DemoBank;

/// <summary>Requests that wait on a customer's phone. A real bank keeps them in its own store.</summary>
internal sealed class Inbox
{
    private const int Most = 100;
    private readonly ConcurrentDictionary<string, JsonObject> waiting = new(StringComparer.Ordinal);

    public IEnumerable<JsonObject> Of(string reference) =>
        waiting.Values.Where(r => (string?)r["reference"] == reference);

    public bool TryAdd(JsonObject request) =>
        waiting.Count < Most && waiting.TryAdd((string)request["request"]!, request);

    public JsonObject? Take(string id) => waiting.TryRemove(id, out var request) ? request : null;
}
