using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Identity;

/// <summary>
/// Who this terminal is: what enrolment gave it and the keys it made itself. Kept in one file (mode 0600) and never restored from a
/// backup.
/// </summary>
internal sealed record TerminalIdentity
{
    public required string TerminalId { get; init; }

    /// <summary>Which enrolment of this terminal; orders and events are numbered anew in each.</summary>
    public required int Epoch { get; init; }

    /// <summary>P-256, PKCS#8; made here, never leaves.</summary>
    public required byte[] PrivateKey { get; init; }

    /// <summary>The client certificate, PEM.</summary>
    public required string Certificate { get; init; }

    /// <summary>The CA that server, key sets and this certificate hang on, PEM.</summary>
    public required string Ca { get; init; }

    /// <summary>The key set at enrolment (JWS); later ones come as orders and live in the journal.</summary>
    public required string OrderKeys { get; init; }

    /// <summary>32 bytes that offline codes are computed with.</summary>
    public required byte[] CodeKey { get; init; }

    /// <summary>32 bytes made here: keys passcode verifiers and the opaque ids of operators.</summary>
    public required byte[] TerminalSecret { get; init; }

    /// <summary>The policy at enrolment; later ones come as orders and live in the journal.</summary>
    public required Policy Policy { get; init; }

    /// <summary>The server it enrolled with.</summary>
    public required string Server { get; init; }

    /// <summary>The id alone: nothing else of this belongs into a log.</summary>
    public override string ToString() => $"terminal {TerminalId}, epoch {Epoch}";
}
