using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Orgs;

/// <summary>Something that happened to a part of the tree.</summary>
internal interface IOrgEvent;

internal sealed record OrgCreated(string Org, string Parent, string Place, string Name) : IOrgEvent;

/// <summary>The fold of an org.</summary>
internal sealed record OrgState(string Id = "", string Place = "");

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OrgState))]
[JsonSerializable(typeof(OrgCreated))]
internal sealed partial class OrgJson : JsonSerializerContext;

/// <summary>Streams of orgs.</summary>
internal static class OrgStreams
{
    public static EventCatalogue Catalogue { get; } =
        new(("org.created.v1", OrgJson.Default.OrgCreated));

    public static StreamKind<OrgState, IOrgEvent> Kind { get; } =
        new("org", Catalogue, OrgJson.Default.OrgState, new OrgState(), Apply, Project);

    private static OrgState Apply(OrgState state, IOrgEvent happened) =>
        happened switch
        {
            OrgCreated e => new OrgState(e.Org, e.Place),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static void Project(Views views, Projection<OrgState, IOrgEvent> p)
    {
        if (p.Happened is OrgCreated e)
        {
            views.Write(
                "INSERT INTO orgs VALUES ($1, $2, $3, $4)",
                e.Org,
                e.Parent,
                e.Place,
                e.Name
            );
        }
    }
}
