using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Banks;

/// <summary>Something that happened to a bank that the provider works with.</summary>
internal interface IBankEvent;

/// <param name="Url">Where requests for its app go.</param>
/// <param name="Kid">How it names the key it signs with.</param>
/// <param name="PublicKey">That key, P-256: base64 of SubjectPublicKeyInfo.</param>
internal sealed record BankRegistered(
    string Bank,
    string Name,
    string Url,
    string Kid,
    string PublicKey
) : IBankEvent;

internal sealed record BankRemoved : IBankEvent;

/// <summary>The fold of a bank.</summary>
internal sealed record BankState(string Id = "", bool Removed = false)
{
    public static BankState Apply(BankState state, IBankEvent happened) =>
        happened switch
        {
            BankRegistered e => new BankState(e.Bank),
            BankRemoved => state with { Removed = true },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

/// <summary>Something that happened to the card that a terminal is bound to.</summary>
internal interface IBankCardEvent;

/// <param name="Merchant">Whose terminal it was then; for another merchant the binding means nothing.</param>
/// <param name="Reference">The bank's own word for the card and its holder. Never a card number.</param>
internal sealed record CardBound(string Terminal, string Merchant, string Bank, string Reference)
    : IBankCardEvent;

internal sealed record CardUnbound : IBankCardEvent;

/// <summary>The fold of a terminal's binding to a card.</summary>
internal sealed record BankCardState(string Bank = "", string Reference = "", string Merchant = "")
{
    public static BankCardState Apply(BankCardState state, IBankCardEvent happened) =>
        happened switch
        {
            CardBound e => new BankCardState(e.Bank, e.Reference, e.Merchant),
            CardUnbound => new BankCardState(),
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(BankState))]
[JsonSerializable(typeof(BankRegistered))]
[JsonSerializable(typeof(BankRemoved))]
[JsonSerializable(typeof(BankCardState))]
[JsonSerializable(typeof(CardBound))]
[JsonSerializable(typeof(CardUnbound))]
[JsonSerializable(typeof(BankRequestState))]
[JsonSerializable(typeof(OwnerAsked))]
[JsonSerializable(typeof(BankNotReached))]
[JsonSerializable(typeof(OwnerAnswered))]
internal sealed partial class BankJson : JsonSerializerContext;

/// <summary>Streams of banks and of bindings, and the views <c>banks</c> and <c>bank_cards</c>.</summary>
internal static class BankStreams
{
    public static StreamKind<BankState, IBankEvent> Kind { get; } =
        new(
            "bank",
            new EventCatalogue(
                ("bank.registered.v1", BankJson.Default.BankRegistered),
                ("bank.removed.v1", BankJson.Default.BankRemoved)
            ),
            BankJson.Default.BankState,
            new BankState(),
            BankState.Apply,
            Project
        );

    public static StreamKind<BankCardState, IBankCardEvent> Cards { get; } =
        new(
            "bank_card",
            new EventCatalogue(
                ("bank_card.bound.v1", BankJson.Default.CardBound),
                ("bank_card.unbound.v1", BankJson.Default.CardUnbound)
            ),
            BankJson.Default.BankCardState,
            new BankCardState(),
            BankCardState.Apply,
            Project
        );

    private static void Project(Views views, Projection<BankState, IBankEvent> p)
    {
        switch (p.Happened)
        {
            case BankRegistered e:
                views.Write(
                    "INSERT INTO banks VALUES ($1, $2, $3, $4, $5)",
                    e.Bank,
                    e.Name,
                    e.Url,
                    e.Kid,
                    Convert.FromBase64String(e.PublicKey)
                );
                break;
            case BankRemoved:
                views.Write("DELETE FROM banks WHERE id = $1", p.Id);
                break;
        }
    }

    private static void Project(Views views, Projection<BankCardState, IBankCardEvent> p)
    {
        views.Write("DELETE FROM bank_cards WHERE terminal = $1", p.Id);
        if (p.Happened is CardBound e)
        {
            views.Write(
                "INSERT INTO bank_cards VALUES ($1, $2, $3, $4)",
                e.Terminal,
                e.Merchant,
                e.Bank,
                e.Reference
            );
        }
    }
}
