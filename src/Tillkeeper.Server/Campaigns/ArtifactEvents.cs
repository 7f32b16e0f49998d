using System.Text.Json.Serialization;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Campaigns;

/// <summary>Something that happened to an artifact.</summary>
internal interface IArtifactEvent;

/// <summary>Its bytes are in the data folder, durably, under their hash.</summary>
internal sealed record ArtifactStored(string Id, string Place, Artifact Artifact) : IArtifactEvent;

/// <summary>The fold of an artifact: it never changes.</summary>
internal sealed record ArtifactState(string Id = "", string Place = "", Artifact? Artifact = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ArtifactState))]
[JsonSerializable(typeof(ArtifactStored))]
internal sealed partial class ArtifactJson : JsonSerializerContext;

/// <summary>Streams of artifacts, and the view over them.</summary>
internal static class ArtifactStreams
{
    public static StreamKind<ArtifactState, IArtifactEvent> Kind { get; } =
        new(
            "artifact",
            new EventCatalogue(("artifact.stored.v1", ArtifactJson.Default.ArtifactStored)),
            ArtifactJson.Default.ArtifactState,
            new ArtifactState(),
            Apply,
            Project
        );

    private static ArtifactState Apply(ArtifactState state, IArtifactEvent happened) =>
        happened switch
        {
            ArtifactStored e => new ArtifactState(e.Id, e.Place, e.Artifact),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static void Project(Views views, Projection<ArtifactState, IArtifactEvent> p)
    {
        if (p.Happened is ArtifactStored e)
        {
            views.Write(
                "INSERT INTO artifacts VALUES ($1, $2, $3, $4, $5, $6, $7)",
                e.Id,
                e.Artifact.Sha256,
                e.Artifact.Size,
                e.Artifact.Name,
                e.Artifact.Version,
                e.Place,
                p.At.ToUnixTimeMilliseconds()
            );
        }
    }
}
