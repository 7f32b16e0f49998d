using System.Collections.Immutable;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">What is wrong and what would be right, for people.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Remaining">Tries left.</param>
/// <param name="Locks">The locks that forbid it.</param>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string? Field = null,
    int? Remaining = null,
    ImmutableArray<LockView>? Locks = null
);
