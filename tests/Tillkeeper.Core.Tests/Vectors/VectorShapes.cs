namespace Tillkeeper.Core.Tests.Vectors;

/// <summary>A public key by its coordinates, base64url; <c>D</c> is there because these keys are for tests only.</summary>
internal sealed record KeyVector(string Kid, string X, string Y, string D);

internal sealed record LockVector(string Id, string Cause, IReadOnlyList<string> WaysOut);

/// <param name="Verdict"><c>applied</c>, or the code of the refusal.</param>
internal sealed record OrderVector(string Name, string Jws, string Verdict);

/// <summary>Orders that arrive at a terminal in a known state; each vector on its own, none changes the state.</summary>
internal sealed record OrderVectors(
    string Note,
    KeyVector Key,
    string Terminal,
    int Epoch,
    long LastOrder,
    string TrustedNow,
    long PolicyVersion,
    IReadOnlyList<LockVector> Locks,
    IReadOnlyList<OrderVector> Vectors
);

/// <param name="Version">The version of the set; null when it must be refused.</param>
internal sealed record KeySetVector(string Name, string Jws, long? Version);

internal sealed record KeySetVectors(
    string Note,
    KeyVector Ca,
    IReadOnlyList<KeySetVector> Vectors
);

/// <param name="Now">The time to believe; null when it must not be believed.</param>
internal sealed record TimeVector(string Name, string Jws, string? Now);

internal sealed record TimeVectors(
    string Note,
    KeyVector Key,
    string Terminal,
    string Nonce,
    IReadOnlyList<TimeVector> Vectors
);

/// <param name="Typed">What somebody typed.</param>
/// <param name="Text">The challenge behind it; null when it must be refused.</param>
internal sealed record ChallengeVector(
    string Name,
    string Typed,
    string? Text,
    string? Cause,
    string? Terminal,
    string? Lock,
    string? Nonce,
    string? ReleaseCode,
    string? ResetCode
);

internal sealed record ChallengeVectors(
    string Note,
    string CodeKey,
    IReadOnlyList<ChallengeVector> Vectors
);

/// <param name="Data">The JSON text exactly as it stands in the request.</param>
internal sealed record JournalVector(
    string Name,
    long Seq,
    string Prev,
    string Type,
    string At,
    string Data,
    string Hash
);

internal sealed record JournalVectors(string Note, IReadOnlyList<JournalVector> Vectors);

/// <param name="Data">Base64url.</param>
internal sealed record ChainVector(
    string Name,
    string Before,
    int Shard,
    long Seq,
    string Stream,
    long Version,
    long Previous,
    string Type,
    long At,
    string Actor,
    string Source,
    string Data,
    string Hash
);

internal sealed record ChainVectors(string Note, IReadOnlyList<ChainVector> Vectors);
