namespace Tillkeeper.Core.Device.Ledger;

/// <summary>Who writes: an operator who is signed in, or the one that somebody names while nobody can sign in.</summary>
/// <param name="Operator">The opaque id; null when nobody is known.</param>
public readonly record struct LedgerWriter(string? Operator, bool SignedIn);

/// <summary>Something to write into the book of manual records.</summary>
public interface ILedgerCommand : IDeviceCommand
{
    /// <summary>Made by whoever asks, so that asking twice writes once.</summary>
    string Id { get; }
}

/// <summary>Writes a payment down.</summary>
/// <param name="NewBook">The book to begin when there is none yet.</param>
public sealed record RecordPayment(
    string Id,
    string NewBook,
    long AmountMinor,
    LedgerMethod Method,
    LedgerWriter By,
    string? Note = null,
    string? Reference = null
) : ILedgerCommand;

/// <summary>Ends a payment that was written down wrongly, by a counter entry. The note says why.</summary>
public sealed record VoidPayment(string Id, long Number, LedgerWriter By, string? Note)
    : ILedgerCommand;
