using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Device.Ledger;

/// <summary>How a customer paid while the terminal could not take the payment.</summary>
[JsonConverter(typeof(SnakeCaseEnum<LedgerMethod>))]
public enum LedgerMethod
{
    Cash,

    /// <summary>A printed QR code of the shop's, paid with the customer's own phone.</summary>
    StaticQr,
    OtherTerminal,
    Transfer,
}

/// <summary>
/// A payment written down by hand at the terminal (W4). Numbers are gapless within a book; a terminal that lost its state begins another
/// book. Nothing is ever changed or taken out: what was wrong is ended by a counter entry.
/// </summary>
/// <param name="Id">Made by whoever writes it down, so that sending it twice writes it once.</param>
/// <param name="AmountMinor">Minor units; above zero, below zero for a counter entry.</param>
/// <param name="At">The best guess at the time of day.</param>
/// <param name="Operator">The opaque id of whoever wrote it; null when nobody could be told.</param>
/// <param name="SignedIn">True when that operator was signed in; a name given while nobody could sign in proves nothing.</param>
/// <param name="Note">At most <see cref="LedgerDecisions.LongestNote"/> characters, never card data.</param>
/// <param name="Reference">The payment's own number elsewhere, e.g. on the other terminal's receipt.</param>
/// <param name="Voids">The number that this counter entry ends; null for a payment.</param>
public sealed record LedgerRecorded(
    string Id,
    string Book,
    long Number,
    long AmountMinor,
    LedgerMethod Method,
    DateTimeOffset At,
    DeviceTime Clock,
    string? Operator = null,
    bool SignedIn = false,
    string? Note = null,
    string? Reference = null,
    long? Voids = null
) : IDeviceEvent;
