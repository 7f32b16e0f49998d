using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks.Batches;

namespace Tillkeeper.Server.Locks;

/// <summary>What a person says of a lock to be put up.</summary>
/// <param name="At">When it is to begin; at once without.</param>
/// <param name="SecondPerson">True to have a second person agree, also where the limit does not ask for one.</param>
internal sealed record LockBody(
    string? Cause,
    IReadOnlyList<string>? Scope,
    string? Reason,
    string? Message,
    DateTimeOffset? ExpectedEnd,
    DateTimeOffset? At = null,
    bool SecondPerson = false
)
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(90);

    public (BatchLock? Lock, Refusal? Refusal) Checked(DateTimeOffset now)
    {
        if (!Words.TryParse<Cause>(Cause, out var cause) || !LockOrders.ByHand.Contains(cause))
        {
            return (null, Refusal.Invalid("cause", $"Use one of: {LockOrders.ByHand}."));
        }
        EnumSet<Capability>? scope = null;
        foreach (var word in Scope ?? [])
        {
            if (!Words.TryParse<Capability>(word, out var capability))
            {
                return (
                    null,
                    Refusal.Invalid("scope", $"'{word}' is not one of: {Words.All<Capability>()}.")
                );
            }
            scope = (scope ?? []).With(capability);
        }
        var wrong = Scope is { Count: 0 }
            ? Refusal.Invalid(
                "scope",
                "Name at least one capability, or leave it out for the default."
            )
            : Times(now) ?? Check.Text(Reason, "reason") ?? Check.Optional(Message, "message");
        return wrong is null
            ? (
                new BatchLock(
                    cause,
                    scope ?? LockTable.Of(cause).Scope,
                    Reason!,
                    Message,
                    ExpectedEnd
                ),
                null
            )
            : (null, wrong);
    }

    private Refusal? Times(DateTimeOffset now)
    {
        if (At is { } at && (at <= now || at > now + Furthest))
        {
            return Refusal.Invalid("at", "Name a time in the future, at most 90 days from now.");
        }
        return ExpectedEnd is { } end && end <= (At ?? now)
            ? Refusal.Invalid(
                "expectedEnd",
                "The expected end must lie in the future, and after the beginning."
            )
            : null;
    }
}
