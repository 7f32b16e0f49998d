using System.Text.Json.Serialization;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Banks;

/// <summary>What an owner can do in the bank's app.</summary>
[JsonConverter(typeof(SnakeCaseEnum<OwnerAction>))]
internal enum OwnerAction
{
    /// <summary>End the locks.</summary>
    Release,

    /// <summary>End them and let the paused operators set a new passcode; the old one is void.</summary>
    ResetPasscode,
}

/// <summary>Something that happened to a request for the owner's word.</summary>
internal interface IBankRequestEvent;

/// <param name="Locks">What it covers, exactly.</param>
/// <param name="Nonce">128 random bits; the answer repeats them.</param>
/// <param name="TextDigests">Lower-case hex of SHA-256 of the texts that the app may show, one a language.</param>
internal sealed record OwnerAsked(
    string Request,
    string Terminal,
    string Bank,
    string Reference,
    OwnerAction Action,
    IReadOnlyList<string> Locks,
    string Nonce,
    IReadOnlyList<string> TextDigests,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt
) : IBankRequestEvent;

/// <summary>The bank did not take the request; nobody will answer it.</summary>
internal sealed record BankNotReached(string Problem) : IBankRequestEvent;

internal sealed record OwnerAnswered(bool Approved) : IBankRequestEvent;

[JsonConverter(typeof(SnakeCaseEnum<BankRequestStatus>))]
internal enum BankRequestStatus
{
    Waiting,
    NotReached,
    Approved,
    Refused,
}

/// <summary>What a bank says that its customer answered, word for word.</summary>
internal sealed record OwnerAnswer(
    string Request,
    string Nonce,
    string Reference,
    string Terminal,
    OwnerAction Action,
    IReadOnlyList<string> Locks,
    string TextDigest,
    bool Approved
);

/// <summary>The fold of a request, and the only decision about it: does this answer count?</summary>
internal sealed record BankRequestState(
    OwnerAsked? Asked = null,
    BankRequestStatus Status = BankRequestStatus.Waiting
)
{
    /// <summary>How long the owner has; the confirmation is of a moment, not of a day.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    public static BankRequestState Apply(BankRequestState state, IBankRequestEvent happened) =>
        happened switch
        {
            OwnerAsked e => new BankRequestState(e),
            BankNotReached => state with { Status = BankRequestStatus.NotReached },
            OwnerAnswered e => state with
            {
                Status = e.Approved ? BankRequestStatus.Approved : BankRequestStatus.Refused,
            },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    /// <summary>An answer counts once, in time, and only when it repeats exactly what was asked and shown.</summary>
    public Decision<IBankRequestEvent> Answer(string bank, OwnerAnswer answer, DateTimeOffset now)
    {
        if (Asked is not { } asked || asked.Bank != bank)
        {
            return Refusal.NotFound("request");
        }
        if (Status is BankRequestStatus.Approved or BankRequestStatus.Refused)
        {
            return Refusal.Conflict("already_answered", "This request has had its answer.");
        }
        if (now >= asked.ExpiresAt)
        {
            return new Refusal(
                RefusalKind.Gone,
                "request_expired",
                "The request has expired; ask again."
            );
        }
        var repeats =
            answer.Nonce == asked.Nonce
            && answer.Reference == asked.Reference
            && answer.Terminal == asked.Terminal
            && answer.Action == asked.Action
            && answer.Locks.SequenceEqual(asked.Locks, StringComparer.Ordinal)
            && asked.TextDigests.Contains(answer.TextDigest, StringComparer.Ordinal);
        return repeats
            ? new OwnerAnswered(answer.Approved)
            : Refusal.Conflict(
                "answer_differs",
                "The answer is not to what was asked: terminal, action, locks, nonce and text must be the request's."
            );
    }
}

/// <summary>Streams of requests and the view <c>bank_requests</c>.</summary>
internal static class BankRequestStreams
{
    public static StreamKind<BankRequestState, IBankRequestEvent> Kind { get; } =
        new(
            "bank_request",
            new EventCatalogue(
                ("bank_request.asked.v1", BankJson.Default.OwnerAsked),
                ("bank_request.not_reached.v1", BankJson.Default.BankNotReached),
                ("bank_request.answered.v1", BankJson.Default.OwnerAnswered)
            ),
            BankJson.Default.BankRequestState,
            new BankRequestState(),
            BankRequestState.Apply,
            Project
        );

    private static void Project(Views views, Projection<BankRequestState, IBankRequestEvent> p)
    {
        if (p.Happened is OwnerAsked e)
        {
            views.Write(
                "INSERT INTO bank_requests VALUES ($1, $2, $3, $4, $5, $6)",
                e.Request,
                e.Terminal,
                Words.Of(e.Action),
                Words.Of(p.After.Status),
                e.At.ToUnixTimeMilliseconds(),
                e.ExpiresAt.ToUnixTimeMilliseconds()
            );
        }
        else
        {
            views.Write(
                "UPDATE bank_requests SET status = $2 WHERE id = $1",
                p.Id,
                Words.Of(p.After.Status)
            );
        }
    }
}
