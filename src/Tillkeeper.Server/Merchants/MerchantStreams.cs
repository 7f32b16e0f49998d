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

/// <summary>The file on the merchant's people was changed; what stood there before is erased.</summary>
/// <param name="ContactChanged">Whether the person or the number to call is another one now.</param>
internal sealed record MerchantFileChanged(
    string PersonalData,
    string Commitment,
    bool ContactChanged,
    string Person,
    string Reason,
    DateTimeOffset At
) : IMerchantEvent;

/// <summary>The fold of a merchant.</summary>
internal sealed record MerchantState(
    string Id = "",
    string Place = "",
    DateTimeOffset? ContactChangedAt = null
);

/// <summary>What is kept aside of a merchant's people.</summary>
/// <param name="SettlementLast">The last four digits of the account that takings are paid to.</param>
internal sealed record MerchantPeople(
    string ContactName,
    string ContactPhone,
    string? IdentityNumber,
    string? LegalRepresentative = null,
    string? SettlementLast = null
)
{
    /// <summary>Says nothing, so that no log line can say too much.</summary>
    public override string ToString() => nameof(MerchantPeople);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(MerchantState))]
[JsonSerializable(typeof(MerchantCreated))]
[JsonSerializable(typeof(MerchantFileChanged))]
[JsonSerializable(typeof(MerchantPeople))]
internal sealed partial class MerchantJson : JsonSerializerContext;

/// <summary>Streams of merchants.</summary>
internal static class MerchantStreams
{
    public static EventCatalogue Catalogue { get; } =
        new(
            ("merchant.created.v1", MerchantJson.Default.MerchantCreated),
            ("merchant.file_changed.v1", MerchantJson.Default.MerchantFileChanged)
        );

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
            MerchantFileChanged { ContactChanged: true } e => state with
            {
                ContactChangedAt = e.At,
            },
            MerchantFileChanged => state,
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
        else if (p.Happened is MerchantFileChanged changed)
        {
            views.Write(
                "UPDATE merchants SET personal_data = $2 WHERE id = $1",
                p.Id,
                changed.PersonalData
            );
        }
    }
}
