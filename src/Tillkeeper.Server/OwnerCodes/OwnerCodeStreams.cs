using System.Text.Json.Serialization;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.OwnerCodes;

/// <summary>Something that happened to the codes that were sent for one lock.</summary>
internal interface IOwnerCodeEvent;

/// <param name="Commitment">Keyed commitment to the code; the code itself is in the message and nowhere else.</param>
internal sealed record OwnerCodeSent(string Commitment, DateTimeOffset ExpiresAt) : IOwnerCodeEvent;

/// <summary>A try, counted whatever comes of it.</summary>
internal sealed record OwnerCodeTried : IOwnerCodeEvent;

internal sealed record OwnerCodeAccepted : IOwnerCodeEvent;

/// <summary>The fold of the codes of one lock, and what it takes for one to count.</summary>
/// <param name="Sent">Codes that were sent for this lock.</param>
/// <param name="Tries">Tries of the last one.</param>
internal sealed record OwnerCodeState(
    int Sent = 0,
    int Tries = 0,
    string? Commitment = null,
    DateTimeOffset? ExpiresAt = null
)
{
    public const int Digits = 8;
    public const int MostTries = 5;

    /// <summary>So nobody's phone is flooded, and a lock sees at most 15 guesses of a hundred million.</summary>
    public const int MostSent = 3;
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    public static OwnerCodeState Apply(OwnerCodeState state, IOwnerCodeEvent happened) =>
        happened switch
        {
            OwnerCodeSent e => new(state.Sent + 1, 0, e.Commitment, e.ExpiresAt),
            OwnerCodeTried => state with { Tries = state.Tries + 1 },
            OwnerCodeAccepted => state with { Commitment = null },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    public Decision<IOwnerCodeEvent> Send(string commitment, DateTimeOffset now) =>
        Sent < MostSent
            ? new OwnerCodeSent(commitment, now + Validity)
            : Refusal.Conflict(
                "too_many_codes",
                $"{MostSent} codes were sent for this lock; take another way out."
            );

    /// <summary>Counted first, judged after: the try stands beside the refusal.</summary>
    public Decision<IOwnerCodeEvent> Try(Func<string, bool> isRight, DateTimeOffset now)
    {
        if (Commitment is not { } expected || now >= ExpiresAt || Tries >= MostTries)
        {
            return new Refusal(
                RefusalKind.Gone,
                "code_over",
                "No code is open for this lock: it was used, has expired, or was tried too often. Ask for a new one."
            );
        }
        return isRight(expected)
            ? (List<IOwnerCodeEvent>)[new OwnerCodeTried(), new OwnerCodeAccepted()]
            : new Decision<IOwnerCodeEvent>(
                [new OwnerCodeTried()],
                new Refusal(
                    RefusalKind.Unauthenticated,
                    "wrong_code",
                    $"This is not the code; {MostTries - Tries - 1} tries are left."
                )
            );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(OwnerCodeState))]
[JsonSerializable(typeof(OwnerCodeSent))]
[JsonSerializable(typeof(OwnerCodeTried))]
[JsonSerializable(typeof(OwnerCodeAccepted))]
internal sealed partial class OwnerCodeJson : JsonSerializerContext;

/// <summary>Streams of codes, one a lock; no view needs them.</summary>
internal static class OwnerCodeStreams
{
    public static StreamKind<OwnerCodeState, IOwnerCodeEvent> Kind { get; } =
        new(
            "owner_code",
            new EventCatalogue(
                ("owner_code.sent.v1", OwnerCodeJson.Default.OwnerCodeSent),
                ("owner_code.tried.v1", OwnerCodeJson.Default.OwnerCodeTried),
                ("owner_code.accepted.v1", OwnerCodeJson.Default.OwnerCodeAccepted)
            ),
            OwnerCodeJson.Default.OwnerCodeState,
            new OwnerCodeState(),
            OwnerCodeState.Apply,
            (_, _) => { }
        );

    public static string IdOf(string terminal, string lockId) => $"{terminal}-{lockId}";
}
