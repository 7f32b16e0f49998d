using System.Collections.Immutable;

namespace Tillkeeper.Core;

/// <summary>What kind of answer a refusal is; the server maps each to one HTTP status, once.</summary>
public enum RefusalKind
{
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    Gone,
    TooLarge,
    UnsupportedType,
    Invalid,
    Locked,

    /// <summary>Something that this server needs is not there now.</summary>
    Unavailable,
}

/// <summary>
/// An expected failure: a value, never an exception. <paramref name="Code"/> is stable and documented;
/// <paramref name="Detail"/> says in plain words what is wrong and what would be right;
/// <paramref name="Field"/> names the offending field when there is one.
/// </summary>
public sealed record Refusal(RefusalKind Kind, string Code, string Detail, string? Field = null)
{
    public static Refusal NotFound(string what) =>
        new(
            RefusalKind.NotFound,
            "not_found",
            $"There is no such {what}, or it is not yours to see."
        );

    public static Refusal Forbidden(string detail, string code = "forbidden") =>
        new(RefusalKind.Forbidden, code, detail);

    public static Refusal Conflict(string code, string detail) =>
        new(RefusalKind.Conflict, code, detail);

    public static Refusal Invalid(string field, string detail) =>
        new(RefusalKind.Invalid, "invalid", detail, field);
}

/// <summary>
/// The outcome of <c>Decide</c>: the events to append, a refusal, or both (a first approval of two is recorded *and*
/// answered with <c>second_person_required</c>). Events are appended whether or not a refusal stands beside them.
/// </summary>
public readonly record struct Decision<TEvent>(
    ImmutableArray<TEvent> Events,
    Refusal? Refusal = null
)
{
    public bool Accepted => Refusal is null;

    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);

    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened]);

    public static implicit operator Decision<TEvent>(List<TEvent> events) => new([.. events]);
}
