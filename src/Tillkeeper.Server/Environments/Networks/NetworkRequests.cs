using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Environments.Networks;

/// <summary>Something that happened to the requests for one terminal's networks.</summary>
internal interface INetworkRequestEvent;

/// <summary>Somebody asks that the terminal may be used in a further network.</summary>
/// <param name="Network">As <c>198.51.100.0/24</c>; null when only the router or card seen there tells it from others.</param>
/// <param name="Marks">By what the environment is recognised that the terminal was in when it was asked for; keyed hashes.</param>
internal sealed record NetworkAsked(
    string Request,
    string? Network,
    IReadOnlyList<string> Marks,
    string Reason,
    string Person,
    DateTimeOffset At
) : INetworkRequestEvent;

internal sealed record NetworkDecided(
    string Request,
    bool Approved,
    string Reason,
    string Person,
    DateTimeOffset At
) : INetworkRequestEvent;

[JsonConverter(typeof(SnakeCaseEnum<NetworkRequestStatus>))]
internal enum NetworkRequestStatus
{
    Open,
    Approved,
    Refused,
}

internal sealed record NetworkRequest(NetworkAsked Asked, NetworkDecided? Decided = null)
{
    public NetworkRequestStatus Status =>
        Decided switch
        {
            null => NetworkRequestStatus.Open,
            { Approved: true } => NetworkRequestStatus.Approved,
            _ => NetworkRequestStatus.Refused,
        };
}

/// <summary>The fold: the newest requests of one terminal, oldest first.</summary>
internal sealed record NetworkRequests
{
    /// <summary>Requests of one terminal that may wait at a time.</summary>
    public const int MostOpen = 4;

    private const int MostRemembered = 20;

    public ImmutableList<NetworkRequest> Items { get; init; } = [];

    [JsonIgnore]
    public int Open => Items.Count(r => r.Status == NetworkRequestStatus.Open);

    public NetworkRequest? Find(string request) => Items.Find(r => r.Asked.Request == request);

    public static NetworkRequests Apply(NetworkRequests state, INetworkRequestEvent happened) =>
        happened switch
        {
            NetworkAsked e => state.With(state.Items.Add(new NetworkRequest(e))),
            NetworkDecided e => state.With(
                state.Items.ConvertAll(r =>
                    r.Asked.Request == e.Request ? r with { Decided = e } : r
                )
            ),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    /// <summary>What is settled longest is forgotten first; what waits never is.</summary>
    private NetworkRequests With(ImmutableList<NetworkRequest> items)
    {
        var settled = items.FindIndex(r => r.Status != NetworkRequestStatus.Open);
        return this with
        {
            Items = items.Count > MostRemembered && settled >= 0 ? items.RemoveAt(settled) : items,
        };
    }
}

/// <summary>One stream a terminal, under its id and in its shard.</summary>
internal static class NetworkRequestStreams
{
    public static StreamKind<NetworkRequests, INetworkRequestEvent> Kind { get; } =
        new(
            "networks",
            new EventCatalogue(
                ("network.asked.v1", NetworkRequestJson.Default.NetworkAsked),
                ("network.decided.v1", NetworkRequestJson.Default.NetworkDecided)
            ),
            NetworkRequestJson.Default.NetworkRequests,
            new NetworkRequests(),
            NetworkRequests.Apply,
            (_, _) => { }
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(NetworkRequests))]
[JsonSerializable(typeof(NetworkAsked))]
[JsonSerializable(typeof(NetworkDecided))]
internal sealed partial class NetworkRequestJson : JsonSerializerContext;
