using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>Something worth telling others.</summary>
/// <param name="Type">E.g. <c>lock.begun</c>.</param>
/// <param name="Subject">E.g. <c>terminal/7Q...</c>; what is about one subject arrives in its order.</param>
/// <param name="Data">Ids and words only: nothing personal, nothing secret.</param>
internal sealed record Notice(string Type, string Subject, JsonObject Data)
{
    private const string Prefix = "tillkeeper.";

    /// <summary>The event as CloudEvents 1.0 in structured JSON.</summary>
    public byte[] ToCloudEvent(string id, DateTimeOffset at) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["specversion"] = "1.0",
                ["id"] = id,
                ["source"] = "/tillkeeper",
                ["type"] = Prefix + Type,
                ["subject"] = Subject,
                ["time"] = UtcTimeJson.Write(at),
                ["datacontenttype"] = "application/json",
                ["data"] = Data.DeepClone(),
            }
        );

    /// <summary>Is it among what a webhook asked for? <c>*</c> is everything, <c>lock.*</c> everything about locks.</summary>
    public static bool Matches(IEnumerable<string> patterns, string type) =>
        patterns.Any(pattern =>
            pattern == "*"
            || pattern == type
            || (
                pattern.EndsWith(".*", StringComparison.Ordinal)
                && type.StartsWith(pattern[..^1], StringComparison.Ordinal)
            )
        );

    /// <summary>Stable for one event of the log: a repeat carries the same.</summary>
    public static string IdOf(long place, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"msg_{place}_{part}");
}
