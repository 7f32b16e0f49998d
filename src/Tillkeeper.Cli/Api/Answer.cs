using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Api;

/// <summary>What the server said: the document as it came, and when the server said so.</summary>
internal sealed record Answer(string Text, JsonNode? Document, DateTimeOffset At)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>An answer without a body has no document; anything else must be exactly one.</summary>
    public static Answer Read(byte[] bytes, DateTimeOffset at) =>
        bytes.Length == 0
            ? new Answer("", Document: null, at)
            : new Answer(Encoding.UTF8.GetString(bytes), Parse(bytes), at);

    public static JsonNode? Parse(byte[] bytes) => JsonNode.Parse(bytes, nodeOptions: null, Strict);

    /// <summary>The same answer without something that must not be shown.</summary>
    public Answer Without(string field)
    {
        if (Document?.DeepClone() is not JsonObject copy)
        {
            return this;
        }

        copy.Remove(field);
        return new Answer(copy.ToJsonString(), copy, At);
    }
}
