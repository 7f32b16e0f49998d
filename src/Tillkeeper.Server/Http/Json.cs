using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Http;

/// <summary>JSON of the API: camelCase, snake_case words, RFC 3339, ISO 8601, nulls left out.</summary>
internal static class Json
{
    private const int Deepest = 16;

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.MaxDepth = Deepest;
        options.Converters.Add(new UtcTimeJson());
        options.Converters.Add(new IsoDurationJson());
        options.Converters.Add(new EnumSetJson<Capability>());
        options.Converters.Add(new EnumSetJson<WayOut>());
    }
}
