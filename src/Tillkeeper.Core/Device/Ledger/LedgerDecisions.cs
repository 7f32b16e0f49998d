using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Device.Ledger;

/// <summary>
/// Payments written down by hand while the terminal cannot take them (W4): allowed as long as no lock blocks <c>manual_ledger</c>, by
/// somebody signed in wherever somebody could sign in.
/// </summary>
public static class LedgerDecisions
{
    public const int LongestNote = 200;
    public const int LongestReference = 64;
    private const int LongestId = 64;

    /// <summary>Ten million in currencies with two decimals: more is a typing error.</summary>
    public const long MostMinor = 1_000_000_000;

    /// <summary>True while an operator could sign in here; then a record needs one.</summary>
    public static bool CanSignIn(DeviceState state) =>
        !state.SignInLocks.Any()
        && state.Operators.Values.Any(o => o.Current is not null && state.PauseOf(o.Id) is null);

    /// <summary>A sentence about what must not be written down, naming the field; null when the text may stand.</summary>
    public static Refusal? CheckText(string? text, string field, int longest)
    {
        if (text is null)
        {
            return null;
        }
        if (text.Length > longest || text.Any(char.IsControl))
        {
            return Refusal.Invalid(field, $"Give one line of at most {longest} characters.");
        }
        return CardSecrets.LooksLikeAny(text)
            ? new Refusal(
                RefusalKind.Invalid,
                "card_data",
                $"'{field}' looks like it holds a card number or a security code. Never write these down; leave them out.",
                field
            )
            : null;
    }

    internal static Decision<IDeviceEvent> Record(
        DeviceState state,
        RecordPayment command,
        DeviceNow now
    )
    {
        if (MayWrite(state, command.By) is { } refused)
        {
            return refused;
        }
        if (
            (
                CheckId(command.Id)
                ?? CheckAmount(command.AmountMinor)
                ?? CheckText(command.Note, "note", LongestNote)
                ?? CheckText(command.Reference, "reference", LongestReference)
            ) is
            { } wrong
        )
        {
            return wrong;
        }
        var happened = new LedgerRecorded(
            command.Id,
            state.Ledger.Book ?? command.NewBook,
            state.Ledger.Last + 1,
            command.AmountMinor,
            command.Method,
            now.Shown,
            now.Clock,
            command.By.Operator,
            command.By.SignedIn,
            command.Note,
            command.Reference
        );
        return Once(state, happened);
    }

    internal static Decision<IDeviceEvent> Void(
        DeviceState state,
        VoidPayment command,
        DeviceNow now
    )
    {
        if (MayWrite(state, command.By) is { } refused)
        {
            return refused;
        }
        if (state.Ledger.Find(command.Number) is not { Voids: null } voided)
        {
            return Refusal.NotFound("record");
        }
        if ((CheckId(command.Id) ?? CheckText(command.Note, "note", LongestNote)) is { } wrong)
        {
            return wrong;
        }
        if (string.IsNullOrWhiteSpace(command.Note))
        {
            return Refusal.Invalid("note", "Say why the record is wrong.");
        }
        var counter = new LedgerRecorded(
            command.Id,
            voided.Book,
            state.Ledger.Last + 1,
            -voided.AmountMinor,
            voided.Method,
            now.Shown,
            now.Clock,
            command.By.Operator,
            command.By.SignedIn,
            command.Note,
            voided.Reference,
            voided.Number
        );
        var isRepeat = state.Ledger.Latest.Any(r => r.Id == command.Id);
        return !isRepeat && state.Ledger.VoidedBy(command.Number) is not null
            ? Refusal.Conflict("already_void", "This record has been ended already.")
            : Once(state, counter);
    }

    /// <summary>The same again is the same record; another under its id is refused.</summary>
    private static Decision<IDeviceEvent> Once(DeviceState state, LedgerRecorded happened) =>
        state.Ledger.Latest.Find(r => r.Id == happened.Id) switch
        {
            null => happened,
            { } known when IsSame(known, happened) => DeviceDecisions.Nothing,
            _ => Refusal.Conflict(
                "id_used",
                "Another record has this id; give the new one an id of its own."
            ),
        };

    private static bool IsSame(LedgerRecorded known, LedgerRecorded again) =>
        known
        == again with
        {
            Number = known.Number,
            At = known.At,
            Clock = known.Clock,
            Operator = known.Operator,
            SignedIn = known.SignedIn,
        };

    /// <summary>May a record be written now, by this writer? Asked again when it is.</summary>
    public static Refusal? MayWrite(DeviceState state, LedgerWriter by)
    {
        if (!Verdict.Of(state.ActiveLocks, Capability.ManualLedger).Allow)
        {
            return new Refusal(
                RefusalKind.Locked,
                "locked",
                "The terminal is locked for manual records too; see the ways out."
            );
        }
        return !by.SignedIn && CanSignIn(state)
            ? new Refusal(
                RefusalKind.Unauthenticated,
                "sign_in_required",
                "Sign in first: a manual record says who wrote it."
            )
            : null;
    }

    private static Refusal? CheckId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
            ? null
            : Refusal.Invalid("id", $"Use 1 to {LongestId} letters, digits and hyphens.");

    private static Refusal? CheckAmount(long minor) =>
        minor is > 0 and <= MostMinor
            ? null
            : Refusal.Invalid(
                "amountMinor",
                $"Give a whole number of minor units from 1 to {MostMinor}."
            );
}
