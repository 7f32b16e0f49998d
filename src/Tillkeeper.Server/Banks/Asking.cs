using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Banks.Texts;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Banks;

/// <summary>What is to be asked of a terminal's owner.</summary>
internal sealed record Wish(OwnerAction Action, IReadOnlyList<string> Locks)
{
    public const int MostLocks = 8;

    public OwnMethod Method =>
        Action == OwnerAction.Release ? OwnMethod.BankRelease : OwnMethod.BankReset;

    public Refusal? Check() =>
        Locks is { Count: > 0 and <= MostLocks }
        && Locks.Distinct(StringComparer.Ordinal).Count() == Locks.Count
            ? null
            : Refusal.Invalid("locks", $"Name 1 to {MostLocks} locks, each once.");
}

/// <summary>Makes requests for the owner's word: only what could be granted this moment, one at a time, and not many.</summary>
internal sealed class Asking(PolicyBook policies, BankSigner signer)
{
    /// <summary>An owner who is asked over and over says yes in the end.</summary>
    public const int MostAnHour = 3;

    /// <summary>A request that is on record, and the signed message for the bank.</summary>
    public sealed record Made(string Id, string Bank, DateTimeOffset ExpiresAt, string Signed);

    /// <param name="card">The bank and reference that the terminal is bound to.</param>
    public (Made? Made, Refusal? Refusal) Ask(
        Work work,
        TerminalState terminal,
        (string Bank, string Reference) card,
        Wish wish
    )
    {
        var id = Ids.New();
        var release = new OwnRelease(wish.Method, wish.Locks, $"bank/{card.Bank}", "asked", id);
        var possible = OwnReleases.Decide(
            terminal,
            policies.Of(work.Views, terminal),
            release,
            work.Now
        );
        if (!possible.Accepted)
        {
            return (null, possible.Refusal);
        }
        if (Wait(work, terminal.Id) is { } wait)
        {
            return (null, wait);
        }
        var text = BankTexts.Confirmation(
            wish.Action,
            terminal.Serial,
            ShopOf(work.Views, terminal),
            [.. wish.Locks.Select(l => LockTable.Of(terminal.Locks[l].Lock.Cause).Code)]
        );
        var asked = new OwnerAsked(
            id,
            terminal.Id,
            card.Bank,
            card.Reference,
            wish.Action,
            wish.Locks,
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            [.. text.Values.Select(Digest)],
            work.Now,
            work.Now + BankRequestState.Validity
        );
        work.Append(BankRequestStreams.Kind, id, terminal.Id, [asked]);
        var message = new RequestMessage(
            BankMessages.Server,
            card.Bank,
            id,
            asked.Nonce,
            asked.Reference,
            terminal.Id,
            terminal.Serial,
            asked.Action,
            asked.Locks,
            text,
            asked.At,
            asked.ExpiresAt
        );
        return (new Made(id, card.Bank, asked.ExpiresAt, signer.Sign(message)), null);
    }

    public static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Refusal? Wait(Work work, string terminal)
    {
        var now = work.Now.ToUnixTimeMilliseconds();
        if (
            work.Views.Scalar(
                "SELECT 1 FROM bank_requests WHERE terminal = $1 AND status = 'waiting' AND expires_at > $2",
                terminal,
                now
            )
            is not null
        )
        {
            return Refusal.Conflict(
                "request_waiting",
                "The owner has a request of this terminal to answer; it expires within five minutes."
            );
        }
        var since = work.Now - TimeSpan.FromHours(1);
        return
            (long)
                work.Views.Scalar(
                    "SELECT count(*) FROM bank_requests WHERE terminal = $1 AND asked_at > $2",
                    terminal,
                    since.ToUnixTimeMilliseconds()
                )! >= MostAnHour
            ? Refusal.Conflict(
                "asked_too_often",
                $"The owner has been asked {MostAnHour} times within the hour; open a case instead."
            )
            : null;
    }

    private static string ShopOf(Views views, TerminalState terminal) =>
        (string?)
            views.Scalar(
                "SELECT name FROM merchants WHERE id = $1",
                terminal.Profile?.MerchantId ?? ""
            )
        ?? "";
}
