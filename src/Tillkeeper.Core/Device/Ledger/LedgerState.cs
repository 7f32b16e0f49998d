using System.Collections.Immutable;

namespace Tillkeeper.Core.Device.Ledger;

/// <summary>The manual records as the terminal remembers them: all are in the journal, the latest here.</summary>
/// <param name="Book">Which sequence of numbers; null before the first record.</param>
/// <param name="Last">The last number given; 0 before the first.</param>
/// <param name="Latest">The last <see cref="Most"/>, oldest first.</param>
public sealed record LedgerState(string? Book, long Last, ImmutableList<LedgerRecorded> Latest)
{
    /// <summary>A busy shop's day; what is older is ended in the portal, not at the terminal.</summary>
    public const int Most = 500;

    public static LedgerState Empty { get; } = new(null, 0, []);

    /// <summary>The record of that number; null when it is none of the latest.</summary>
    public LedgerRecorded? Find(long number) => Latest.Find(r => r.Number == number);

    /// <summary>The number of the counter entry that ended a record; null while it stands.</summary>
    public long? VoidedBy(long number) => Latest.Find(r => r.Voids == number)?.Number;

    internal LedgerState After(LedgerRecorded e) =>
        new(e.Book, e.Number, (Latest.Count == Most ? Latest.RemoveAt(0) : Latest).Add(e));
}
