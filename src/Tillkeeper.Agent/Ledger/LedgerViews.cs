using System.Collections.Immutable;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Ledger;

namespace Tillkeeper.Agent.Ledger;

/// <summary>A manual record as the till shows it.</summary>
/// <param name="Operator">The name of whoever wrote it; null when nobody could be told.</param>
/// <param name="Voids">The number that this counter entry ends.</param>
/// <param name="VoidedBy">The number of the counter entry that ended this one.</param>
internal sealed record LedgerRecordView(
    string Id,
    string Book,
    long Number,
    long AmountMinor,
    LedgerMethod Method,
    DateTimeOffset At,
    string? Operator,
    bool SignedIn,
    string? Note,
    string? Reference,
    long? Voids,
    long? VoidedBy
)
{
    public static LedgerRecordView Of(LedgerRecorded record, DeviceState state) =>
        new(
            record.Id,
            record.Book,
            record.Number,
            record.AmountMinor,
            record.Method,
            record.At,
            record.Operator is { } id ? state.Operators.GetValueOrDefault(id)?.Name : null,
            record.SignedIn,
            record.Note,
            record.Reference,
            record.Voids,
            state.Ledger.VoidedBy(record.Number)
        );
}

/// <param name="Items">The newest first.</param>
/// <param name="Next">Ask with <c>?before=</c> this for older ones; null when the till remembers none.</param>
internal sealed record LedgerPage(ImmutableArray<LedgerRecordView> Items, long? Next);
