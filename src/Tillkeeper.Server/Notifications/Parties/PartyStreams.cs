using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Notifications.Parties;

/// <summary>Something that happened to how a party is told.</summary>
internal interface IPartyEvent;

/// <summary>A merchant, an agent or the provider said how it wants to be told; what stood before is replaced as a whole.</summary>
/// <param name="PersonalData">The id of its addresses, kept aside, encrypted and erasable; null when it gave none.</param>
/// <param name="Commitment">Keyed commitment to them.</param>
internal sealed record PartySet(
    string Party,
    string Place,
    string Language,
    IReadOnlyList<NotificationKind> OptOut,
    TimeOnly QuietFrom,
    TimeOnly QuietTo,
    string Zone,
    string? PersonalData = null,
    string? Commitment = null
) : IPartyEvent;

/// <summary>The fold of a party.</summary>
internal sealed record PartyState(string Id = "", string? PersonalData = null);

/// <summary>Where a party is reached beside what its file says.</summary>
internal sealed record PartyContact(string? Email, string? Phone)
{
    /// <summary>Never the addresses.</summary>
    public override string ToString() => "Contact of a party";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PartyState))]
[JsonSerializable(typeof(PartySet))]
[JsonSerializable(typeof(PartyContact))]
internal sealed partial class PartyJson : JsonSerializerContext;

/// <summary>Streams of parties and the view <c>notification_parties</c>.</summary>
internal static class PartyStreams
{
    public static StreamKind<PartyState, IPartyEvent> Kind { get; } =
        new(
            "notification_party",
            new EventCatalogue(("notification_party.set.v1", PartyJson.Default.PartySet)),
            PartyJson.Default.PartyState,
            new PartyState(),
            Apply,
            Project
        );

    private static PartyState Apply(PartyState state, IPartyEvent happened) =>
        happened switch
        {
            PartySet e => new PartyState(e.Party, e.PersonalData),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static void Project(Views views, Projection<PartyState, IPartyEvent> p)
    {
        if (p.Happened is PartySet e)
        {
            views.Write("DELETE FROM notification_parties WHERE id = $1", p.Id);
            views.Write(
                "INSERT INTO notification_parties VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                p.Id,
                e.Place,
                e.Language,
                string.Join(' ', e.OptOut.Select(Words.Of)),
                QuietHours.Write(e.QuietFrom),
                QuietHours.Write(e.QuietTo),
                e.Zone,
                e.PersonalData ?? ""
            );
        }
    }
}
