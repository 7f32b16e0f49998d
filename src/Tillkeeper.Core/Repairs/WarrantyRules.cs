using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Repairs;

/// <summary>Why a repair is free or not.</summary>
[JsonConverter(typeof(SnakeCaseEnum<WarrantyGround>))]
public enum WarrantyGround
{
    Covered,

    /// <summary>The day and length of the warranty are not on record; the receipt decides.</summary>
    NotOnRecord,
    Expired,

    /// <summary>The seal is broken: somebody was at the inside who should not have been.</summary>
    SealBroken,

    /// <summary>It would be covered, and nobody has looked at the seal yet.</summary>
    SealNotSeen,
}

/// <summary>What the warranty says about a repair.</summary>
/// <param name="Free">Null while something is missing to decide it.</param>
/// <param name="Until">The last day that is covered.</param>
public sealed record WarrantyVerdict(
    WarrantyGround Ground,
    bool? Free = null,
    DateOnly? Until = null
);

/// <summary>Decides a warranty from the day of purchase, its months and the seal (W5).</summary>
public static class WarrantyRules
{
    /// <summary>Months are counted no further than the calendar goes.</summary>
    private const int LastYear = 9980;

    /// <param name="sealIntact">Null while nobody has looked.</param>
    /// <param name="today">The day on which the fault was reported: what is sent in on the last day is still covered.</param>
    public static WarrantyVerdict Judge(Warranty? warranty, bool? sealIntact, DateOnly today)
    {
        if (sealIntact == false)
        {
            return new(WarrantyGround.SealBroken, false, LastDay(warranty));
        }
        if (LastDay(warranty) is not { } until)
        {
            return new(WarrantyGround.NotOnRecord);
        }
        if (today > until)
        {
            return new(WarrantyGround.Expired, false, until);
        }
        return sealIntact is null
            ? new(WarrantyGround.SealNotSeen, null, until)
            : new(WarrantyGround.Covered, true, until);
    }

    /// <summary>A warranty of no months was over before it began.</summary>
    private static DateOnly? LastDay(Warranty? warranty) =>
        warranty switch
        {
            null => null,
            { Months: 0 } => warranty.PurchasedOn.AddDays(-1),
            { PurchasedOn.Year: > LastYear } => DateOnly.MaxValue,
            _ => warranty.PurchasedOn.AddMonths(warranty.Months),
        };
}
