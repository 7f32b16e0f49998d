using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Commands;

/// <summary>A JSON body with what was given and nothing else.</summary>
internal static class Body
{
    public static JsonObject Of(params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                body.Add(name, value);
            }
        }

        return body;
    }

    /// <summary>A list that was not given is empty to the parser, and absent to the server.</summary>
    public static JsonArray? List(string[]? values) =>
        values is not { Length: > 0 }
            ? null
            : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
}
