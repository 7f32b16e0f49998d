using System.Net;
using Tillkeeper.Core;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Server.Terminals;

/// <summary>What a registration or an import says of a terminal, as it comes in.</summary>
internal sealed record ProfileBody(
    string? Serial,
    string? MerchantId,
    string? Model,
    string? ExternalId,
    IReadOnlyList<Binding>? Bindings,
    Location? Location,
    IReadOnlyList<string>? Networks,
    Warranty? Warranty,
    string? Store = null
)
{
    private const int MostOfEach = 32;

    public Refusal? Check() =>
        (MerchantId is null ? Refusal.Invalid("merchantId", "'merchantId' is required.") : null)
        ?? Http.Check.Name(Model, "model")
        ?? Http.Check.Optional(ExternalId, "externalId")
        ?? (Store is null ? null : Http.Check.Name(Store, "store"))
        ?? CheckLists()
        ?? CheckPlace();

    public TerminalProfile ToProfile() =>
        new()
        {
            MerchantId = MerchantId!,
            Model = Model!.Trim(),
            ExternalId = ExternalId,
            Bindings = Bindings ?? [],
            Location = Location,
            Networks = Networks ?? [],
            Warranty = Warranty,
            Store = Store?.Trim(),
        };

    private Refusal? CheckLists()
    {
        if (Bindings?.Count > MostOfEach || Networks?.Count > MostOfEach)
        {
            return Refusal.Invalid(
                Bindings?.Count > MostOfEach ? "bindings" : "networks",
                $"At most {MostOfEach}."
            );
        }
        if (
            Bindings?.Any(b => b is null || Empty(b.Acquirer) || Empty(b.Mid) || Empty(b.Tid))
            == true
        )
        {
            return Refusal.Invalid(
                "bindings",
                "Each binding needs acquirer, mid and tid, at most 64 characters each."
            );
        }
        if (Bindings?.DistinctBy(b => (b.Acquirer, b.Tid)).Count() < Bindings?.Count)
        {
            return Refusal.Invalid(
                "bindings",
                "The same terminal id of an acquirer is there twice."
            );
        }
        return Networks?.All(n => IPNetwork.TryParse(n, out _)) == false
            ? Refusal.Invalid("networks", "Write each network as e.g. 10.1.0.0/16.")
            : null;
    }

    public static Refusal? CheckLocation(Location? location) =>
        location is { } at
        && (
            at.Lat is not (>= -90 and <= 90)
            || at.Lon is not (>= -180 and <= 180)
            || at.RadiusM is not (> 0 and <= 100_000)
        )
            ? Refusal.Invalid(
                "location",
                "Use lat -90..90, lon -180..180 and radiusM up to 100000."
            )
            : null;

    private Refusal? CheckPlace() => CheckLocation(Location) ?? CheckWarranty();

    private Refusal? CheckWarranty() =>
        Warranty switch
        {
            { Months: < 0 or > 120 } => Refusal.Invalid("warranty.months", "Use 0 to 120 months."),
            // What JSON leaves out arrives as the first day there is.
            { PurchasedOn.Year: < 1990 } => Refusal.Invalid(
                "warranty.purchasedOn",
                "Use the day of purchase, as 2026-01-31."
            ),
            _ => null,
        };

    private static bool Empty(string? value) =>
        string.IsNullOrWhiteSpace(value) || value.Length > 64;
}
