using System.Text.Json.Serialization;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Merchants;

/// <summary>Something that happened to a merchant.</summary>
internal interface IMerchantEvent;

/// <param name="IdentityNumber">A credit code as it is; a person's number masked, the number itself is personal data.</param>
/// <param name="PersonalData">The id of the contact's data, kept aside, encrypted and erasable.</param>
/// <param name="Commitment">Keyed commitment to that data.</param>
internal sealed record MerchantCreated(
    string Merchant,
    string Place,
    string Name,
    IdentityKind IdentityKind,
    string IdentityNumber,
    string PersonalData,
    string Commitment
) : IMerchantEvent;

/// <summary>The fold of a merchant.</summary>
internal sealed record MerchantState(string Id = "", string Place = "");

/// <summary>What is kept aside of a merchant's people.</summary>
internal sealed record MerchantPeople(
    string ContactName,
    string ContactPhone,
    string? IdentityNumber
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(MerchantState))]
[JsonSerializable(typeof(MerchantCreated))]
[JsonSerializable(typeof(MerchantPeople))]
internal sealed partial class MerchantJson : JsonSerializerContext;

/// <summary>Streams of merchants.</summary>
internal static class MerchantStreams
{
    public static EventCatalogue Catalogue { get; } =
        new(("merchant.created.v1", MerchantJson.Default.MerchantCreated));

    public static StreamKind<MerchantState, IMerchantEvent> Kind { get; } =
        new(
            "merchant",
            Catalogue,
            MerchantJson.Default.MerchantState,
            new MerchantState(),
            Apply,
            Project
        );

    private static MerchantState Apply(MerchantState state, IMerchantEvent happened) =>
        happened switch
        {
            MerchantCreated e => new MerchantState(e.Merchant, e.Place),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static void Project(Views views, Projection<MerchantState, IMerchantEvent> p)
    {
        if (p.Happened is MerchantCreated e)
        {
            views.Write(
                "INSERT INTO merchants VALUES ($1, $2, $3, $4, $5, $6)",
                e.Merchant,
                e.Place,
                e.Name,
                Words.Of(e.IdentityKind),
                e.IdentityNumber,
                e.PersonalData
            );
        }
    }
}
